import type { SqlBool } from 'kysely';
import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import { wasEverReleased } from '#lib/server/rounds/progress-service.ts';

/** So many columns times rows go into one statement: below SQLite's limit of 32,766 values. */
const VALUES = 30_000;

function chunks<T>(rows: readonly T[], columns: number): T[][] {
  const size = Math.floor(VALUES / columns);
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}

/**
 * Takes the right to write at the start of a long transaction. One that reads first and writes later fails when
 * somebody else has written in between.
 */
export async function lockForWriting(trx: Db): Promise<void> {
  await trx.updateTable('round').set({ name: '' }).where('id', 'is', null).execute();
}

/** One IB'er in one round of one school, as it is in the database. */
export type StoredUnit = {
  schoolRoundId: string;
  seriesId: string;
  roundId: string;
  roundNumber: number;
  schoolId: string;
  rateeId: string;
  rateeKey: string | null;
  rateeName: string | null;
  mode: Mode;
  /** A report of the round is released, or was: somebody may have seen its figures. */
  wasReleased: SqlBool;
};

export function listUnits(db: Db, cohortId: string): Promise<StoredUnit[]> {
  return db
    .selectFrom('school_round')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('person', 'person.id', 'series.ratee_id')
    .select((eb) => [
      'school_round.id as schoolRoundId',
      'series.id as seriesId',
      'round.id as roundId',
      'round.number as roundNumber',
      'series.school_id as schoolId',
      'person.id as rateeId',
      'person.import_key as rateeKey',
      'person.name as rateeName',
      'school_round.mode',
      wasEverReleased(db)(eb).as('wasReleased'),
    ])
    .where('round.cohort_id', '=', cohortId)
    .execute();
}

type StoredSeries = { id: string; schoolId: string; rateeId: string };

export function listSeries(db: Db, cohortId: string): Promise<StoredSeries[]> {
  return db
    .selectFrom('series')
    .select(['id', 'school_id as schoolId', 'ratee_id as rateeId'])
    .where('cohort_id', '=', cohortId)
    .execute();
}

/** A form that was imported before. */
type StoredForm = { responseId: number; role: Role; personId: string; personName: string | null };

export function listForms(db: Db, schoolRoundId: string): Promise<StoredForm[]> {
  return db
    .selectFrom('invitation')
    .innerJoin('response', 'response.invitation_id', 'invitation.id')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .select([
      'response.id as responseId',
      'invitation.role',
      'invitation.person_id as personId',
      'person.name as personName',
    ])
    .where('invitation.school_round_id', '=', schoolRoundId)
    .where('invitation.withdrawn_at', 'is', null)
    .execute();
}

export type NewAnswer = {
  aspectId: number;
  score: number | null;
  cannotJudge: 0 | 1;
  reason: 'not_seen' | 'unclear' | null;
  unclear: 0 | 1;
  comment: string | null;
};

export type StoredAnswer = Omit<NewAnswer, 'cannotJudge' | 'unclear'> & {
  responseId: number;
  cannotJudge: number;
  unclear: number;
};

/** All answers of one school round. */
export function listAnswers(db: Db, schoolRoundId: string): Promise<StoredAnswer[]> {
  return db
    .selectFrom('invitation')
    .innerJoin('response', 'response.invitation_id', 'invitation.id')
    .innerJoin('answer', 'answer.response_id', 'response.id')
    .select([
      'answer.response_id as responseId',
      'answer.aspect_id as aspectId',
      'answer.score',
      'answer.cannot_judge as cannotJudge',
      'answer.reason',
      'answer.unclear',
      'answer.comment',
    ])
    .where('invitation.school_round_id', '=', schoolRoundId)
    .where('invitation.withdrawn_at', 'is', null)
    .execute();
}

export type NewSeries = { id: string; cohortId: string; schoolId: string; rateeId: string; memberId: string };

/** New series; each has its IB'er in its team, so that a later round of the product can invite on from there. */
export async function insertSeries(db: Db, series: readonly NewSeries[], at: string): Promise<void> {
  for (const rows of chunks(series, 6)) {
    const values = rows.map((row) => ({
      id: row.id,
      cohort_id: row.cohortId,
      school_id: row.schoolId,
      ratee_id: row.rateeId,
      created_at: at,
    }));
    const members = rows.map((row) => ({
      id: row.memberId,
      series_id: row.id,
      person_id: row.rateeId,
      role: 'ib' as const,
      joined_at: at,
      left_at: null,
    }));
    await db.insertInto('series').values(values).execute();
    await db.insertInto('team_member').values(members).execute();
  }
}

export type NewUnit = { id: string; seriesId: string; roundId: string; mode: Mode };

export async function insertUnits(db: Db, units: readonly NewUnit[], at: string): Promise<void> {
  for (const rows of chunks(units, 6)) {
    const values = rows.map((row) => ({
      id: row.id,
      series_id: row.seriesId,
      round_id: row.roundId,
      mode: row.mode,
      released_at: null,
      created_at: at,
    }));
    await db.insertInto('school_round').values(values).execute();
  }
}

/** A whole form of imported answers, ready to be stored. */
export type NewForm = {
  schoolRoundId: string;
  instrumentVersionId: string;
  personId: string;
  role: Role;
  invitationId: string;
  tokenHash: string;
  publicId: string;
  consent: 0 | 1 | null;
  answers: readonly NewAnswer[];
};

/** Stores forms as submitted, with their invitations and answers. */
export async function insertForms(db: Db, forms: readonly NewForm[], at: Date): Promise<void> {
  const time = at.toISOString();
  for (const rows of chunks(forms, 8)) {
    const invitations = rows.map((form) => ({
      id: form.invitationId,
      school_round_id: form.schoolRoundId,
      person_id: form.personId,
      role: form.role,
      generation: 1,
      token_hash: form.tokenHash,
      created_at: time,
      withdrawn_at: null,
    }));
    await db.insertInto('invitation').values(invitations).execute();
  }
  const first = await nextResponseId(db);
  const numbered = forms.map((form, index) => ({ ...form, id: first + index }));
  for (const rows of chunks(numbered, 9)) {
    const responses = rows.map((form) => ({
      id: form.id,
      public_id: form.publicId,
      invitation_id: form.invitationId,
      instrument_version_id: form.instrumentVersionId,
      consent: form.consent,
      page_seed: 0,
      status: 'submitted' as const,
      started_at: time,
      submitted_at: time,
    }));
    await db.insertInto('response').values(responses).execute();
  }
  const answers = numbered.flatMap(({ id, answers: given }) =>
    given.map((answer) => ({
      response_id: id,
      aspect_id: answer.aspectId,
      score: answer.score,
      cannot_judge: answer.cannotJudge,
      reason: answer.reason,
      unclear: answer.unclear,
      comment: answer.comment,
      changed_at: at.getTime(),
    })),
  );
  for (const rows of chunks(answers, 8)) await db.insertInto('answer').values(rows).execute();
}

/** The transaction holds the right to write, so nobody else can take the same numbers. */
async function nextResponseId(db: Db): Promise<number> {
  const row = await db
    .selectFrom('response')
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}
