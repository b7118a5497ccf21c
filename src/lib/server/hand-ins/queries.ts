import type { Db } from '#lib/server/db/open.ts';
import type { FileKind } from './file-kinds.ts';

/** A file as it is told of; its bytes are read apart. `size` is in bytes. */
export type FileHead = { name: string; kind: FileKind; size: number };

/** What somebody handed in for an assignment, and the feedback on it; '' for a text or link that there is none of. */
export type HandIn = {
  id: string;
  assignmentId: string;
  personId: string;
  text: string;
  link: string;
  file: FileHead | null;
  /** When it was handed in, or replaced for the last time (ISO 8601). */
  handedInAt: string;
  /** Counts what was handed in, from 1. */
  version: number;
  /** Null: none yet. `by` is null where the account is gone. */
  feedback: { text: string; at: string; by: string | null } | null;
  /** Counts the feedback, 0 as long as there is none. */
  feedbackVersion: number;
};

type Of = { assignmentId: string } | { personId: string };

async function list(db: Db, of: Partial<{ assignmentId: string; personId: string }>): Promise<HandIn[]> {
  const rows = await db
    .selectFrom('hand_in')
    .leftJoin('hand_in_file', 'hand_in_file.hand_in_id', 'hand_in.id')
    .leftJoin('user', 'user.id', 'hand_in.feedback_by')
    .select(['hand_in.id', 'hand_in.assignment_id as assignmentId', 'hand_in.person_id as personId'])
    .select(['hand_in.text', 'hand_in.link', 'hand_in.handed_in_at as handedInAt', 'hand_in.version'])
    .select(['hand_in.feedback', 'hand_in.feedback_at as feedbackAt', 'user.name as feedbackBy'])
    .select('hand_in.feedback_version as feedbackVersion')
    .select(['hand_in_file.name', 'hand_in_file.kind', 'hand_in_file.size'])
    .$if(of.assignmentId !== undefined, (query) => query.where('hand_in.assignment_id', '=', of.assignmentId ?? ''))
    .$if(of.personId !== undefined, (query) => query.where('hand_in.person_id', '=', of.personId ?? ''))
    .orderBy('hand_in.handed_in_at')
    .execute();
  return rows.map(({ name, kind, size, feedback, feedbackAt, feedbackBy, ...row }) => ({
    ...row,
    file: name === null || kind === null || size === null ? null : { name, kind, size },
    feedback: feedback === null || feedbackAt === null ? null : { text: feedback, at: feedbackAt, by: feedbackBy },
  }));
}

/** Everything that was handed in for an assignment, or by somebody, in the order of coming in. */
export function listHandIns(db: Db, of: Of): Promise<HandIn[]> {
  return list(db, of);
}

export async function findHandIn(db: Db, assignmentId: string, personId: string): Promise<HandIn | undefined> {
  return (await list(db, { assignmentId, personId }))[0];
}

/** Who handed in for each assignment of a cohort, and whether that waits for feedback: not what went with the term of the cohort. */
export async function listOfCohort(
  db: Db,
  cohortId: string,
): Promise<{ assignmentId: string; personId: string; waits: boolean }[]> {
  const rows = await db
    .selectFrom('hand_in')
    .innerJoin('assignment', 'assignment.id', 'hand_in.assignment_id')
    .leftJoin('hand_in_file', 'hand_in_file.hand_in_id', 'hand_in.id')
    .select(['hand_in.assignment_id as assignmentId', 'hand_in.person_id as personId'])
    .select((eb) => {
      const isThere = [
        eb('hand_in.text', '!=', ''),
        eb('hand_in.link', '!=', ''),
        eb('hand_in_file.size', 'is not', null),
      ];
      const waits = eb.and([eb('hand_in.feedback_at', 'is', null), eb.or(isThere)]);
      return eb.case().when(waits).then(1).else(0).end().as('waits');
    })
    .where('assignment.cohort_id', '=', cohortId)
    .execute();
  return rows.map(({ waits, ...row }) => ({ ...row, waits: waits === 1 }));
}

type Words = Pick<HandIn, 'text' | 'link' | 'handedInAt'>;

export async function insertHandIn(
  db: Db,
  { id, assignmentId, personId, text, link, handedInAt }: Words & Pick<HandIn, 'id' | 'assignmentId' | 'personId'>,
): Promise<void> {
  await db
    .insertInto('hand_in')
    .values({ id, assignment_id: assignmentId, person_id: personId, text, link, handed_in_at: handedInAt })
    .execute();
}

export async function replaceHandIn(db: Db, id: string, { text, link, handedInAt }: Words): Promise<void> {
  await db
    .updateTable('hand_in')
    .set((eb) => ({ text, link, handed_in_at: handedInAt, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Takes away what was handed in, its file along. */
export async function deleteHandIn(db: Db, id: string): Promise<void> {
  await db.deleteFrom('hand_in').where('id', '=', id).execute();
}

export type StoredFile = { name: string; kind: FileKind; bytes: Uint8Array };

/** Puts a file in the place of the one that was there; null takes that away. */
export async function setFile(db: Db, handInId: string, file: StoredFile | null): Promise<void> {
  await db.deleteFrom('hand_in_file').where('hand_in_id', '=', handInId).execute();
  if (file === null) return;
  const { name, kind } = file;
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  await db.insertInto('hand_in_file').values({ hand_in_id: handInId, name, kind, size: bytes.length, bytes }).execute();
}

export async function findFile(db: Db, handInId: string): Promise<StoredFile | undefined> {
  const row = await db
    .selectFrom('hand_in_file')
    .select(['name', 'kind', 'bytes'])
    .where('hand_in_id', '=', handInId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { buffer, byteOffset, byteLength } = row.bytes;
  return { ...row, bytes: new Uint8Array(buffer, byteOffset, byteLength) };
}

/** The cohorts in which somebody has or had a place as IB'er or director. */
export async function listCohortsOf(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('team_member')
    .innerJoin('series', 'series.id', 'team_member.series_id')
    .innerJoin('cohort', 'cohort.id', 'series.cohort_id')
    .select(['cohort.id', 'cohort.name'])
    .where('team_member.person_id', '=', personId)
    .where('team_member.role', 'in', ['ib', 'director'])
    .distinct()
    .orderBy('cohort.name')
    .execute();
  return rows.map(({ id }) => id);
}

/** Stores feedback on what was handed in, over the feedback that was there. */
export async function setFeedback(
  db: Db,
  id: string,
  { text, at, by }: { text: string; at: string; by: string | null },
): Promise<void> {
  await db
    .updateTable('hand_in')
    .set((eb) => ({
      ...{ feedback: text, feedback_at: at, feedback_by: by },
      feedback_version: eb('feedback_version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}
