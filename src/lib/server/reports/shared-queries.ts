import type { Db } from '#lib/server/db/open.ts';
import type { ReportRow } from './queries.ts';

/** A report of a closed round, with what decides who reads it and nothing of what is in it. */
export type ReaderRow = Pick<
  ReportRow,
  | 'schoolRoundId'
  | 'schoolId'
  | 'schoolName'
  | 'cohortId'
  | 'trainerSeesSchools'
  | 'rateeId'
  | 'directorId'
  | 'releasedAt'
>;

/** The reports of a closed round; none as long as it has not closed. */
export function listReaders(db: Db, roundId: string): Promise<ReaderRow[]> {
  return db
    .selectFrom('school_round')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .innerJoin('snapshot', 'snapshot.school_round_id', 'school_round.id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .leftJoin('invitation as director', (join) =>
      join
        .onRef('director.school_round_id', '=', 'school_round.id')
        .on('director.role', '=', 'director')
        .on('director.withdrawn_at', 'is', null),
    )
    .select([
      'school_round.id as schoolRoundId',
      'school.id as schoolId',
      'school.name as schoolName',
      'cohort.id as cohortId',
      'cohort.trainer_sees_schools as trainerSeesSchools',
      'series.ratee_id as rateeId',
      'director.person_id as directorId',
      'school_round.released_at as releasedAt',
    ])
    .where('school_round.round_id', '=', roundId)
    .where('round.status', '=', 'closed')
    .orderBy('school_round.id')
    .execute();
}
