import { inChunks } from '#lib/server/db/in-chunks.ts';
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

/** The schools with these names that have no BRIN. */
export async function listByName(db: Db, names: readonly string[]): Promise<School[]> {
  if (names.length === 0) return [];
  return db
    .selectFrom('school')
    .select(['id', 'name', 'brin'])
    .where('brin', 'is', null)
    .where('name', 'in', names)
    .execute();
}

export async function insertSchools(db: Db, schools: readonly School[], createdAt: string): Promise<void> {
  const rows = schools.map(({ id, name, brin }) => ({ id, name, brin, created_at: createdAt }));
  await inChunks(rows, (some) => db.insertInto('school').values(some).execute());
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
