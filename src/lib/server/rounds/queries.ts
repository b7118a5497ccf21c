import type { SqlBool } from 'kysely';
import type { Mode } from '#lib/disclosure/mode.ts';
import { inChunks } from '#lib/server/db/in-chunks.ts';
import type { Db } from '#lib/server/db/open.ts';
import { isPulse } from '#lib/server/instruments/asked-service.ts';
import type { RoundDates } from './date-rule.ts';
import { wasEverReleased } from './undecided-queries.ts';

export type Round = RoundDates & {
  id: string;
  cohortId: string;
  number: number;
  name: string;
  instrumentVersionId: string;
  origin: 'app' | 'import';
  status: 'planned' | 'open' | 'closed';
  openedAt: string | null;
  closedAt: string | null;
  /** Raters are reminded by the schedule (reminder-rule.ts). */
  reminds: boolean;
  /** Raised by every change of it, so that of two trainers nobody's change is lost silently. */
  version: number;
  /** Of an invented cohort: nobody is mailed. */
  invented: boolean;
  /** It asks some aspects of its list (`instruments/asked-service.ts`), between two rounds that ask the whole of it. */
  isPulse: boolean;
};

type RoundRow = Omit<Round, 'reminds' | 'invented' | 'isPulse'> & {
  reminds: number;
  inventedId: string | null;
  pulse: SqlBool;
};
const toRound = ({ inventedId, pulse, ...row }: RoundRow): Round => ({
  ...row,
  isPulse: Boolean(pulse),
  reminds: row.reminds === 1,
  invented: inventedId !== null,
});

function rounds(db: Db) {
  return db
    .selectFrom('round')
    .leftJoin('demonstration', (join) =>
      join.on('demonstration.kind', '=', 'cohort').onRef('demonstration.object_id', '=', 'round.cohort_id'),
    )
    .select([
      'round.id',
      'round.cohort_id as cohortId',
      'round.number',
      'round.name',
      'round.instrument_version_id as instrumentVersionId',
      'round.origin',
      'round.status',
      'round.opened_at as openedAt',
      'round.closed_at as closedAt',
      'round.opens_on as opensOn',
      'round.closes_on as closesOn',
      'round.reminds',
      'round.version',
      'demonstration.object_id as inventedId',
    ])
    .select((eb) => isPulse(db)(eb).as('pulse'));
}

export async function findRound(db: Db, id: string): Promise<Round | undefined> {
  const row = await rounds(db).where('round.id', '=', id).executeTakeFirst();
  return row && toRound(row);
}

export async function listRounds(db: Db, cohortId: string): Promise<Round[]> {
  const rows = await rounds(db).where('cohort_id', '=', cohortId).orderBy('number').execute();
  return rows.map(toRound);
}

/** A round with what every page of it shows of its cohort. */
export type RoundOfCohort = { round: Round; cohort: { id: string; name: string; trainerSeesSchools: boolean } };

export async function findRoundOfCohort(db: Db, id: string): Promise<RoundOfCohort | undefined> {
  const row = await rounds(db)
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .select(['cohort.name as cohortName', 'cohort.trainer_sees_schools as trainerSeesSchools'])
    .where('round.id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const { cohortName: name, trainerSeesSchools, ...round } = row;
  return {
    round: toRound(round),
    cohort: { id: row.cohortId, name, trainerSeesSchools: trainerSeesSchools === 1 },
  };
}

export type NewRound = Omit<Round, 'version' | 'invented' | 'isPulse'> & { createdAt: string };

export async function insertRound(db: Db, round: NewRound): Promise<void> {
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
      opens_on: round.opensOn,
      closes_on: round.closesOn,
      reminds: round.reminds ? 1 : 0,
      created_at: round.createdAt,
    })
    .execute();
}

/**
 * Changes the dates of a round that is still in this version and status.
 * @returns whether it was
 */
export async function changeDates(
  db: Db,
  round: Pick<Round, 'id' | 'version' | 'status'>,
  dates: RoundDates & Pick<Round, 'reminds'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('round')
    .set((eb) => ({
      opens_on: dates.opensOn,
      closes_on: dates.closesOn,
      reminds: dates.reminds ? 1 : 0,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', round.id)
    .where('version', '=', round.version)
    .where('status', '=', round.status)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/**
 * Opens a planned round. Two that open the same round, by hand and by the schedule or in two processes, wait for each
 * other here, for this is the first that either of them writes.
 * @returns whether it was planned
 */
export async function markOpen(db: Db, id: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('round')
    .set((eb) => ({ status: 'open', opened_at: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'planned')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Closes an open round; as `markOpen`. @returns whether it was open */
export async function markClosed(db: Db, id: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('round')
    .set((eb) => ({ status: 'closed', closed_at: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Opens a closed round again until the end of a day. @returns whether it was closed */
export async function markReopened(db: Db, id: string, closesOn: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('round')
    .set((eb) => ({ status: 'open', closed_at: null, closes_on: closesOn, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'closed')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Whether a report of the round is released, or ever was: then it does not open again. */
export async function wasReleased(db: Db, roundId: string): Promise<boolean> {
  const round = db.selectFrom('round').select('round.id').where('round.id', '=', roundId);
  return (await round.where(wasEverReleased(db)).executeTakeFirst()) !== undefined;
}

/** The accounts of the trainers of a cohort. */
export async function trainersOf(db: Db, cohortId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('role_grant')
    .select('user_id as userId')
    .where('role', '=', 'trainer')
    .where('cohort_id', '=', cohortId)
    .execute();
  return rows.map(({ userId }) => userId);
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

export type NewSchoolRound = { id: string; seriesId: string; roundId: string; mode: Mode };

export async function insertSchoolRounds(db: Db, all: readonly NewSchoolRound[], createdAt: string): Promise<void> {
  const rows = all.map(({ id, seriesId, roundId, mode }) => ({
    ...{ id, series_id: seriesId, round_id: roundId, mode, released_at: null, created_at: createdAt },
  }));
  await inChunks(rows, (some) => db.insertInto('school_round').values(some).execute());
}

/** Sets how a school's teachers are protected: a change of the round, for whoever has it open. */
export async function setMode(db: Db, { id, roundId }: SchoolRound, mode: Mode): Promise<void> {
  await db.updateTable('school_round').set({ mode }).where('id', '=', id).execute();
  await raiseVersion(db, roundId);
}

/** Notes that a round was changed, for whoever has it open. */
export async function raiseVersion(db: Db, roundId: string): Promise<void> {
  const round = db.updateTable('round').set((eb) => ({ version: eb('version', '+', 1) }));
  await round.where('id', '=', roundId).execute();
}

export async function setReleased(db: Db, ids: readonly string[], releasedAt: string | null): Promise<void> {
  await db.updateTable('school_round').set({ released_at: releasedAt }).where('id', 'in', ids).execute();
}

/** Those of these people (500 at most) who have an address. */
export async function listReachable(db: Db, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where('id', 'in', personIds)
    .where('email', 'is not', null)
    .execute();
  return rows.map(({ id }) => id);
}

/** The IB'er and the director of these school rounds, those with an address. */
export function listReaders(
  db: Db,
  schoolRoundIds: readonly string[],
): Promise<{ schoolRoundId: string; personId: string }[]> {
  return db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .select(['invitation.school_round_id as schoolRoundId', 'invitation.person_id as personId'])
    .where('invitation.school_round_id', 'in', schoolRoundIds)
    .where('invitation.role', 'in', ['director', 'ib'])
    .where('invitation.withdrawn_at', 'is', null)
    .where('person.email', 'is not', null)
    .execute();
}

/** The released reports that somebody reads as IB'er or as the director who was asked. */
export function listReleasedTo(db: Db, personId: string): Promise<{ schoolRoundId: string; roundId: string }[]> {
  return db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .select(['school_round.id as schoolRoundId', 'school_round.round_id as roundId'])
    .where('invitation.person_id', '=', personId)
    .where('invitation.role', 'in', ['director', 'ib'])
    .where('invitation.withdrawn_at', 'is', null)
    .where('school_round.released_at', 'is not', null)
    .execute();
}
