import type { Db } from '#lib/server/db/open.ts';
import type { FileHead } from './queries.ts';

/** Takes away what somebody handed in who is erased, with files and feedback. */
export async function deleteOfPerson(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('hand_in').where('person_id', '=', personId).execute();
}

/** Takes the words and files of a cohort away; that something was handed in stays, for the count. */
export async function forgetOfCohort(db: Db, cohortId: string): Promise<void> {
  const ids = db
    .selectFrom('hand_in')
    .innerJoin('assignment', 'assignment.id', 'hand_in.assignment_id')
    .select('hand_in.id')
    .where('assignment.cohort_id', '=', cohortId);
  await db.deleteFrom('hand_in_file').where('hand_in_id', 'in', ids).execute();
  // Another version: a page that is open still has the words, and would bring them back.
  await db
    .updateTable('hand_in')
    .set((eb) => ({
      ...{ text: '', link: '', feedback: null, feedback_at: null, feedback_by: null },
      version: eb('version', '+', 1),
    }))
    .where('id', 'in', ids)
    .execute();
}

/** Deletes mail about what was handed in for a cohort's assignments. */
export async function deleteMailOfCohort(db: Db, cohortId: string): Promise<void> {
  // Between two signs that follow each other in place of `like`, which reads all mail: keys begin with `feedback:<id>:`.
  const keys = db
    .selectFrom('assignment')
    .innerJoin('hand_in', 'hand_in.assignment_id', 'assignment.id')
    .innerJoin('mail', (join) =>
      join
        .on('mail.once_key', '>=', (eb) => eb(eb(eb.val('feedback:'), '||', eb.ref('hand_in.id')), '||', ':'))
        .on('mail.once_key', '<', (eb) => eb(eb(eb.val('feedback:'), '||', eb.ref('hand_in.id')), '||', ';')),
    )
    .select('mail.once_key')
    .where('assignment.cohort_id', '=', cohortId);
  await db.deleteFrom('mail').where('once_key', 'in', keys).execute();
}

export type OwnHandInRow = {
  cohort: string;
  assignment: string;
  dueOn: string;
  at: string;
  text: string;
  link: string;
  /** The file that is kept beside it, by name (`OwnFileRow`). */
  file: FileHead | null;
  feedback: string | null;
  feedbackAt: string | null;
};

/** What somebody handed in, for that person. */
export async function listOwn(db: Db, personId: string): Promise<OwnHandInRow[]> {
  const rows = await db
    .selectFrom('hand_in')
    .innerJoin('assignment', 'assignment.id', 'hand_in.assignment_id')
    .innerJoin('cohort', 'cohort.id', 'assignment.cohort_id')
    .leftJoin('hand_in_file', 'hand_in_file.hand_in_id', 'hand_in.id')
    .select(['cohort.name as cohort', 'assignment.title as assignment', 'assignment.due_on as dueOn'])
    .select(['hand_in.handed_in_at as at', 'hand_in.text', 'hand_in.link'])
    .select(['hand_in.feedback', 'hand_in.feedback_at as feedbackAt'])
    .select(['hand_in_file.name', 'hand_in_file.kind', 'hand_in_file.size'])
    .where('hand_in.person_id', '=', personId)
    .orderBy('hand_in.handed_in_at')
    .execute();
  return rows.map(({ name, kind, size, ...row }) => ({
    ...row,
    file: name === null || kind === null || size === null ? null : { name, kind, size },
  }));
}

/** A file that somebody handed in, and for what. */
export type OwnFileRow = FileHead & { handInId: string; assignmentId: string; cohort: string; assignment: string };

/** The files that somebody handed in, in the order of coming in. */
export function listOwnFiles(db: Db, personId: string): Promise<OwnFileRow[]> {
  return db
    .selectFrom('hand_in_file')
    .innerJoin('hand_in', 'hand_in.id', 'hand_in_file.hand_in_id')
    .innerJoin('assignment', 'assignment.id', 'hand_in.assignment_id')
    .innerJoin('cohort', 'cohort.id', 'assignment.cohort_id')
    .select(['hand_in.id as handInId', 'assignment.id as assignmentId'])
    .select(['cohort.name as cohort', 'assignment.title as assignment'])
    .select(['hand_in_file.name', 'hand_in_file.kind', 'hand_in_file.size'])
    .where('hand_in.person_id', '=', personId)
    .orderBy('hand_in.handed_in_at')
    .orderBy('hand_in.id')
    .execute();
}
