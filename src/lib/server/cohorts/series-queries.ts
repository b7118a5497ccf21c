import type { Db } from '#lib/server/db/open.ts';

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

/** Whether the IB'er of a series was erased. */
export async function isAboutErased(db: Db, seriesId: string): Promise<boolean> {
  const row = await db
    .selectFrom('series')
    .innerJoin('person', 'person.id', 'series.ratee_id')
    .select('person.erased_at as erasedAt')
    .where('series.id', '=', seriesId)
    .executeTakeFirst();
  return row !== undefined && row.erasedAt !== null;
}

/** Raises the version of these series (500 at most), whose teams changed, whatever it was. */
export async function raise(db: Db, seriesIds: readonly string[]): Promise<void> {
  if (seriesIds.length === 0) return;
  await db
    .updateTable('series')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', 'in', seriesIds)
    .execute();
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

/** Says when this IB'er left the cohort; null: takes part again. */
export async function setLeft(db: Db, seriesId: string, leftAt: string | null): Promise<void> {
  await db.updateTable('series').set({ left_at: leftAt }).where('id', '=', seriesId).execute();
}

export async function setCohort(db: Db, seriesId: string, cohortId: string): Promise<void> {
  await db.updateTable('series').set({ cohort_id: cohortId }).where('id', '=', seriesId).execute();
}
