import type { SqlBool } from 'kysely';
import type { Role } from '#lib/instrument/types.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import type { Db } from '#lib/server/db/open.ts';
import { isPulse } from '#lib/server/instruments/asked-service.ts';

type RoundRow = { id: string; cohortId: string; number: number; name: string; instrumentVersionId: string };

export function findRound(db: Db, roundId: string): Promise<RoundRow | undefined> {
  return db
    .selectFrom('round')
    .select(['id', 'cohort_id as cohortId', 'number', 'name', 'instrument_version_id as instrumentVersionId'])
    .where('id', '=', roundId)
    .executeTakeFirst();
}

export type UnitRow = { schoolRoundId: string; mode: Mode; schoolId: string; rateeId: string };

/** The school rounds of a round, with what makes them different schools and IB'ers. */
export function listUnits(db: Db, roundId: string): Promise<UnitRow[]> {
  return db
    .selectFrom('school_round')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .select([
      'school_round.id as schoolRoundId',
      'school_round.mode',
      'series.school_id as schoolId',
      'series.ratee_id as rateeId',
    ])
    .where('school_round.round_id', '=', roundId)
    .execute();
}

type RaterRow = {
  schoolRoundId: string;
  role: Role;
  personId: string;
  responseId: number | null;
  status: 'started' | 'submitted' | null;
  consent: number | null;
};

/** Everybody who was asked in a round and was not withdrawn, with the response if there is one. */
export function listRaters(db: Db, roundId: string): Promise<RaterRow[]> {
  return db
    .selectFrom('school_round')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select([
      'school_round.id as schoolRoundId',
      'invitation.role',
      'invitation.person_id as personId',
      'response.id as responseId',
      'response.status',
      'response.consent',
    ])
    .where('school_round.round_id', '=', roundId)
    .where('invitation.withdrawn_at', 'is', null)
    .execute();
}

export type SubmittedAnswerRow = {
  responseId: number;
  aspectId: number;
  score: number | null;
  cannotJudge: number;
  reason: 'not_seen' | 'unclear' | null;
  unclear: number;
  comment: string | null;
};

/** All answers of the submitted forms of a round, read only to take its snapshots. */
export function listSubmittedAnswers(db: Db, roundId: string): Promise<SubmittedAnswerRow[]> {
  return db
    .selectFrom('school_round')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
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
    .where('school_round.round_id', '=', roundId)
    .where('invitation.withdrawn_at', 'is', null)
    .where('response.status', '=', 'submitted')
    .execute();
}

type StoredSnapshot = { id: string; document: string; constantsVersion: string; createdAt: string };

export async function putSnapshot(db: Db, snapshot: StoredSnapshot): Promise<void> {
  await db
    .insertInto('snapshot')
    .values({
      school_round_id: snapshot.id,
      document: snapshot.document,
      constants_version: snapshot.constantsVersion,
      created_at: snapshot.createdAt,
    })
    .onConflict((conflict) =>
      conflict.column('school_round_id').doUpdateSet((eb) => ({
        document: eb.ref('excluded.document'),
        constants_version: eb.ref('excluded.constants_version'),
        created_at: eb.ref('excluded.created_at'),
      })),
    )
    .execute();
}

export async function putRoundSnapshot(db: Db, snapshot: StoredSnapshot): Promise<void> {
  await db
    .insertInto('round_snapshot')
    .values({
      round_id: snapshot.id,
      document: snapshot.document,
      constants_version: snapshot.constantsVersion,
      created_at: snapshot.createdAt,
    })
    .onConflict((conflict) =>
      conflict.column('round_id').doUpdateSet((eb) => ({
        document: eb.ref('excluded.document'),
        constants_version: eb.ref('excluded.constants_version'),
        created_at: eb.ref('excluded.created_at'),
      })),
    )
    .execute();
}

/** Removes the snapshots of a round and of its schools. */
export async function deleteSnapshots(db: Db, roundId: string): Promise<void> {
  await db
    .deleteFrom('snapshot')
    .where('school_round_id', 'in', (eb) =>
      eb.selectFrom('school_round').select('school_round.id').where('school_round.round_id', '=', roundId),
    )
    .execute();
  await db.deleteFrom('round_snapshot').where('round_id', '=', roundId).execute();
}

export async function findRoundSnapshot(db: Db, roundId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('round_snapshot')
    .select('document')
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  return row?.document;
}

/** A closed school round with its snapshot and the people whose report it is. */
export type ReportRow = {
  schoolRoundId: string;
  seriesId: string;
  roundId: string;
  roundName: string;
  roundNumber: number;
  closedAt: string | null;
  isPulse: SqlBool;
  /** How many pulse rounds its cohort had before it. */
  pulsesBefore: number;
  instrumentVersionId: string;
  cohortId: string;
  cohortName: string;
  trainerSeesSchools: number;
  schoolId: string;
  schoolName: string;
  brin: string | null;
  rateeId: string;
  /** When the IB'er stopped. */
  leftAt: string | null;
  rateeName: string | null;
  directorId: string | null;
  directorName: string | null;
  releasedAt: string | null;
  document: string;
};

function reports(db: Db) {
  return db
    .selectFrom('snapshot')
    .innerJoin('school_round', 'school_round.id', 'snapshot.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('person as ratee', 'ratee.id', 'series.ratee_id')
    .leftJoin('invitation as director', (join) =>
      join
        .onRef('director.school_round_id', '=', 'school_round.id')
        .on('director.role', '=', 'director')
        .on('director.withdrawn_at', 'is', null),
    )
    .leftJoin('person as directorPerson', 'directorPerson.id', 'director.person_id')
    .select((eb) => [
      'school_round.id as schoolRoundId',
      'series.id as seriesId',
      'round.id as roundId',
      'round.name as roundName',
      'round.number as roundNumber',
      'round.closed_at as closedAt',
      isPulse(db)(eb).as('isPulse'),
      eb
        .selectFrom('round as pulse')
        .select((pulse) => pulse.fn.countAll<number>().as('count'))
        .whereRef('pulse.cohort_id', '=', 'round.cohort_id')
        .whereRef('pulse.number', '<', 'round.number')
        .where((pulse) =>
          pulse.exists(
            pulse
              .selectFrom('round_aspect')
              .select('round_aspect.aspect_id')
              .whereRef('round_aspect.round_id', '=', 'pulse.id'),
          ),
        )
        .$asScalar()
        .$notNull()
        .as('pulsesBefore'),
      'round.instrument_version_id as instrumentVersionId',
      'cohort.id as cohortId',
      'cohort.name as cohortName',
      'cohort.trainer_sees_schools as trainerSeesSchools',
      'school.id as schoolId',
      'school.name as schoolName',
      'school.brin',
      'ratee.id as rateeId',
      'series.left_at as leftAt',
      'ratee.name as rateeName',
      'director.person_id as directorId',
      'directorPerson.name as directorName',
      'school_round.released_at as releasedAt',
      'snapshot.document',
    ])
    .where('round.status', '=', 'closed');
}

export function findReport(db: Db, schoolRoundId: string): Promise<ReportRow | undefined> {
  return reports(db).where('school_round.id', '=', schoolRoundId).executeTakeFirst();
}

/** The reports of one IB'er, by round. */
export function listReportsOfSeries(db: Db, seriesId: string): Promise<ReportRow[]> {
  return reports(db).where('series.id', '=', seriesId).orderBy('round.number').execute();
}

/** Released reports in which this person is the IB'er or the director, newest round first. */
export function listReportsOfPerson(db: Db, personId: string): Promise<ReportRow[]> {
  return (
    reports(db)
      .where('school_round.released_at', 'is not', null)
      // Two lists of ids by their own indexes: an "or" over both tables would read every school round.
      .where('school_round.id', 'in', (eb) =>
        eb
          .selectFrom('series as own')
          .innerJoin('school_round as ofSeries', 'ofSeries.series_id', 'own.id')
          .select('ofSeries.id')
          .where('own.ratee_id', '=', personId)
          .union(
            eb
              .selectFrom('invitation as asked')
              .select('asked.school_round_id as id')
              .where('asked.person_id', '=', personId)
              .where('asked.role', '=', 'director')
              .where('asked.withdrawn_at', 'is', null),
          ),
      )
      .orderBy('round.closed_at', 'desc')
      .execute()
  );
}

/** The reports of one round, in the order in which the schools were taken into it. */
export function listReportsOfRound(db: Db, roundId: string): Promise<ReportRow[]> {
  return reports(db).where('round.id', '=', roundId).orderBy('school_round.id').execute();
}

/** The reports of one cohort, by round and school. */
export function listReportsOfCohort(db: Db, cohortId: string): Promise<ReportRow[]> {
  return reports(db)
    .where('cohort.id', '=', cohortId)
    .orderBy('round.number')
    .orderBy('school.name')
    .orderBy('school_round.id')
    .execute();
}
