import type { Role } from '#lib/instrument/types.ts';
import { inChunks } from '#lib/server/db/in-chunks.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { School } from './queries.ts';

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

export type NewSeries = { id: string; cohortId: string; schoolId: string; rateeId: string };

export async function insertManySeries(db: Db, all: readonly NewSeries[], createdAt: string): Promise<void> {
  const rows = all.map(({ id, cohortId, schoolId, rateeId }) => ({
    ...{ id, cohort_id: cohortId, school_id: schoolId, ratee_id: rateeId, created_at: createdAt },
  }));
  await inChunks(rows, (some) => db.insertInto('series').values(some).execute());
}

export type NewMember = { id: string; seriesId: string; personId: string; role: Role };

export async function insertMembers(db: Db, members: readonly NewMember[], joinedAt: string): Promise<void> {
  const rows = members.map(({ id, seriesId, personId, role }) => ({
    ...{ id, series_id: seriesId, person_id: personId, role, joined_at: joinedAt, left_at: null },
  }));
  await inChunks(rows, (some) => db.insertInto('team_member').values(some).execute());
}
