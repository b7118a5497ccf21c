import type { Db } from '#lib/server/db/open.ts';

/** Schools that registered and of which the trainers heard nothing yet, or heard on a day; never whom they named. */

const inventedCohorts = (db: Db) => db.selectFrom('demonstration').select('object_id').where('kind', '=', 'cohort');

const cohortsWithTrainer = (db: Db) =>
  db
    .selectFrom('role_grant')
    .select('cohort_id')
    .where('role', '=', 'trainer')
    .where('cohort_id', 'is not', null)
    .$narrowType<{ cohort_id: string }>();

/**
 * Marks the schools that arrived before a moment as told on a day: of whoever has a place, knows to wait or withdrew, the
 * trainers know, and a cohort without one waits for the next. @returns the cohorts that they registered for
 */
export async function markTold(db: Db, before: string, day: string): Promise<string[]> {
  const rows = await db
    .updateTable('registration_entry')
    .set({ trainers_told_on: day })
    .where('trainers_told_on', 'is', null)
    .where('placed_at', 'is', null)
    .where('told_waiting_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('arrived_at', '<', before)
    .where('cohort_id', 'not in', inventedCohorts(db))
    .where('cohort_id', 'in', cohortsWithTrainer(db))
    .returning('cohort_id as cohortId')
    .execute();
  return [...new Set(rows.map(({ cohortId }) => cohortId))].toSorted();
}

export type NewOfCohort = { cohortId: string; cohortName: string; count: number };

/** How many schools were told of on a day and still wait for word, by cohort, of those that an account is trainer of now. */
export function countTold(db: Db, userId: string, day: string): Promise<NewOfCohort[]> {
  return db
    .selectFrom('registration_entry')
    .innerJoin('cohort', 'cohort.id', 'registration_entry.cohort_id')
    .select((eb) => ['cohort.id as cohortId', 'cohort.name as cohortName', eb.fn.countAll<number>().as('count')])
    .where('trainers_told_on', '=', day)
    .where('placed_at', 'is', null)
    .where('told_waiting_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('cohort.id', 'in', cohortsWithTrainer(db).where('user_id', '=', userId))
    .groupBy(['cohort.id', 'cohort.name'])
    .orderBy('cohort.name')
    .execute();
}
