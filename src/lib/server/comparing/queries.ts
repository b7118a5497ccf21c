import type { Db } from '#lib/server/db/open.ts';

/** How many different schools, and IB'ers, have a report in each of these rounds; a round without any is not there. */
export function countBehind(
  db: Db,
  roundIds: readonly string[],
): Promise<{ roundId: string; schools: number; ratees: number }[]> {
  if (roundIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('school_round')
    .innerJoin('snapshot', 'snapshot.school_round_id', 'school_round.id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .select(({ fn }) => [
      'school_round.round_id as roundId',
      fn.count<number>('series.school_id').distinct().as('schools'),
      fn.count<number>('series.ratee_id').distinct().as('ratees'),
    ])
    .where('school_round.round_id', 'in', roundIds)
    .groupBy('school_round.round_id')
    .execute();
}
