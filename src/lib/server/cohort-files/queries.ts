import type { Db } from '#lib/server/db/open.ts';
import { wasEverReleased } from '#lib/server/rounds/progress-service.ts';

type RoundOfCohort = { name: string; cohortId: string; cohortName: string; trainerSeesSchools: number };

/** A round and its cohort; undefined when there is no such round. */
export function findRound(db: Db, roundId: string): Promise<RoundOfCohort | undefined> {
  return db
    .selectFrom('round')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .select([
      'round.name',
      'cohort.id as cohortId',
      'cohort.name as cohortName',
      'cohort.trainer_sees_schools as trainerSeesSchools',
    ])
    .where('round.id', '=', roundId)
    .executeTakeFirst();
}

/** A closed round; `constants` is the version of the analysis' constants that its figures were made with. */
export type ClosedRound = {
  id: string;
  name: string;
  instrumentVersionId: string;
  constants: string;
  cohort: string;
  /** How many reports it has, released or not. */
  reports: number;
};

/** The closed rounds of a cohort that no longer change, in order. */
export function listClosed(db: Db, cohortId: string): Promise<ClosedRound[]> {
  return db
    .selectFrom('round')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .innerJoin('round_snapshot', 'round_snapshot.round_id', 'round.id')
    .select((eb) => [
      'round.id',
      'round.name',
      'round.instrument_version_id as instrumentVersionId',
      'round_snapshot.constants_version as constants',
      'cohort.name as cohort',
      eb
        .selectFrom('school_round')
        .whereRef('school_round.round_id', '=', 'round.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('reports'),
    ])
    .where(wasEverReleased(db))
    .where('round.cohort_id', '=', cohortId)
    .where('round.status', '=', 'closed')
    .orderBy('round.number')
    .execute();
}
