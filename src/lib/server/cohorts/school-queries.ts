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

/** Takes the next version of a series; false when it was changed since this one. */
export async function takeVersion(db: Db, seriesId: string, version: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('series')
    .set({ version: version + 1 })
    .where('id', '=', seriesId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Raises the version of the other series in which the same school, or person, would be seen to have changed. */
export async function raiseOthers(
  db: Db,
  seriesId: string,
  shared: { schoolId: string } | { personId: string },
): Promise<void> {
  await db
    .updateTable('series')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '<>', seriesId)
    .where((eb) =>
      'schoolId' in shared
        ? eb('school_id', '=', shared.schoolId)
        : eb(
            'id',
            'in',
            eb
              .selectFrom('team_member')
              .select('team_member.series_id')
              .where('team_member.person_id', '=', shared.personId)
              .where('team_member.left_at', 'is', null),
          ),
    )
    .execute();
}
