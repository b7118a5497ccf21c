import type { Db } from '#lib/server/db/open.ts';

/** A round with what decides whether its trainer sees single schools; undefined when there is none. */
export function findSharing(
  db: Db,
  roundId: string,
): Promise<{ cohortId: string; trainerSeesSchools: number } | undefined> {
  return db
    .selectFrom('round')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .select(['cohort.id as cohortId', 'cohort.trainer_sees_schools as trainerSeesSchools'])
    .where('round.id', '=', roundId)
    .executeTakeFirst();
}

/** The school rounds of a closed round whose reports are released, by school. */
export async function listReleased(db: Db, roundId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('school_round')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('snapshot', 'snapshot.school_round_id', 'school_round.id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .select('school_round.id')
    .where('school_round.round_id', '=', roundId)
    .where('round.status', '=', 'closed')
    .where('school_round.released_at', 'is not', null)
    .orderBy('school.name')
    .orderBy('school_round.id')
    .execute();
  return rows.map(({ id }) => id);
}
