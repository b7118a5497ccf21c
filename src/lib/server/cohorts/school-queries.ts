import type { Db } from '#lib/server/db/open.ts';
import type { School } from './queries.ts';

export async function listByBrin(db: Db, brins: readonly string[]): Promise<School[]> {
  if (brins.length === 0) return [];
  return db
    .selectFrom('school')
    .select(['id', 'name', 'brin'])
    .where('brin', 'in', [...new Set(brins)])
    .execute();
}

/** Every cohort that this school has an IB'er in, also one who left. */
export async function cohortsOfSchool(db: Db, schoolId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('series')
    .select('cohort_id as cohortId')
    .distinct()
    .where('school_id', '=', schoolId)
    .execute();
  return rows.map(({ cohortId }) => cohortId);
}

export async function updateSchool(db: Db, { id, name, brin }: School): Promise<void> {
  await db.updateTable('school').set({ name, brin }).where('id', '=', id).execute();
}
