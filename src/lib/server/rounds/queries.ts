import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';

export type Round = {
  id: string;
  cohortId: string;
  number: number;
  name: string;
  instrumentVersionId: string;
  origin: 'app' | 'import';
  status: 'planned' | 'open' | 'closed';
  openedAt: string | null;
  closedAt: string | null;
};

const columns = [
  'round.id',
  'round.cohort_id as cohortId',
  'round.number',
  'round.name',
  'round.instrument_version_id as instrumentVersionId',
  'round.origin',
  'round.status',
  'round.opened_at as openedAt',
  'round.closed_at as closedAt',
] as const;

export function findRound(db: Db, id: string): Promise<Round | undefined> {
  return db.selectFrom('round').select(columns).where('round.id', '=', id).executeTakeFirst();
}

export function listRounds(db: Db, cohortId: string): Promise<Round[]> {
  return db.selectFrom('round').select(columns).where('cohort_id', '=', cohortId).orderBy('number').execute();
}

export async function insertRound(db: Db, round: Round & { createdAt: string }): Promise<void> {
  await db
    .insertInto('round')
    .values({
      id: round.id,
      cohort_id: round.cohortId,
      number: round.number,
      name: round.name,
      instrument_version_id: round.instrumentVersionId,
      origin: round.origin,
      status: round.status,
      opened_at: round.openedAt,
      closed_at: round.closedAt,
      created_at: round.createdAt,
    })
    .execute();
}

export async function markOpen(db: Db, id: string, at: string): Promise<void> {
  await db.updateTable('round').set({ status: 'open', opened_at: at }).where('id', '=', id).execute();
}

export async function markClosed(db: Db, id: string, at: string): Promise<void> {
  await db.updateTable('round').set({ status: 'closed', closed_at: at }).where('id', '=', id).execute();
}

export async function deletePlannedRound(db: Db, id: string): Promise<void> {
  await db.deleteFrom('school_round').where('round_id', '=', id).execute();
  await db.deleteFrom('round').where('id', '=', id).where('status', '=', 'planned').execute();
}

export type SchoolRound = {
  id: string;
  roundId: string;
  seriesId: string;
  mode: Mode;
  releasedAt: string | null;
};

const schoolRoundColumns = [
  'id',
  'round_id as roundId',
  'series_id as seriesId',
  'mode',
  'released_at as releasedAt',
] as const;

export function listSchoolRounds(db: Db, roundId: string): Promise<SchoolRound[]> {
  return db.selectFrom('school_round').select(schoolRoundColumns).where('round_id', '=', roundId).execute();
}

export function findSchoolRound(db: Db, id: string): Promise<SchoolRound | undefined> {
  return db.selectFrom('school_round').select(schoolRoundColumns).where('id', '=', id).executeTakeFirst();
}

export async function insertSchoolRound(
  db: Db,
  row: { id: string; seriesId: string; roundId: string; mode: Mode; createdAt: string },
): Promise<void> {
  await db
    .insertInto('school_round')
    .values({
      id: row.id,
      series_id: row.seriesId,
      round_id: row.roundId,
      mode: row.mode,
      released_at: null,
      created_at: row.createdAt,
    })
    .execute();
}

export async function setMode(db: Db, id: string, mode: Mode): Promise<void> {
  await db.updateTable('school_round').set({ mode }).where('id', '=', id).execute();
}

export async function setReleased(db: Db, ids: readonly string[], releasedAt: string | null): Promise<void> {
  await db.updateTable('school_round').set({ released_at: releasedAt }).where('id', 'in', ids).execute();
}

/** Who was asked in a round, and how far they are; nothing of what was answered. */
export type ProgressRow = {
  schoolRoundId: string;
  invitationId: string;
  personId: string;
  role: Role;
  name: string | null;
  status: 'started' | 'submitted' | null;
};

export function listProgress(db: Db, roundId: string): Promise<ProgressRow[]> {
  return db
    .selectFrom('school_round')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select([
      'school_round.id as schoolRoundId',
      'invitation.id as invitationId',
      'invitation.person_id as personId',
      'invitation.role',
      'person.name',
      'response.status',
    ])
    .where('school_round.round_id', '=', roundId)
    .where('invitation.withdrawn_at', 'is', null)
    .orderBy('person.name')
    .execute();
}

/** An open round with the number of people invited and of forms submitted. */
export type OpenTotal = { roundId: string; roundName: string; cohortName: string; invited: number; submitted: number };

export function listOpenTotals(db: Db): Promise<OpenTotal[]> {
  return db
    .selectFrom('round')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .innerJoin('school_round', 'school_round.round_id', 'round.id')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select((eb) => [
      'round.id as roundId',
      'round.name as roundName',
      'cohort.name as cohortName',
      eb.fn.count<number>('invitation.id').as('invited'),
      eb.fn.count<number>('response.submitted_at').as('submitted'),
    ])
    .where('round.status', '=', 'open')
    .where('invitation.withdrawn_at', 'is', null)
    .groupBy('round.id')
    .orderBy('cohort.name')
    .execute();
}
