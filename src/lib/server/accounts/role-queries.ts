import type { Db } from '#lib/server/db/open.ts';

/** What somebody is here; `name` is that of the cohort, programme or school, null for a role beyond one. */
export type HeldRole = { role: 'admin' | 'trainer' | 'steering' | 'ib' | 'director'; name: string | null };

/** The roles of an account, the widest first. */
export function listGranted(db: Db, userId: string): Promise<HeldRole[]> {
  return db
    .selectFrom('role_grant')
    .leftJoin('cohort', 'cohort.id', 'role_grant.cohort_id')
    .leftJoin('programme', 'programme.id', 'role_grant.programme_id')
    .select(({ fn }) => ['role_grant.role', fn.coalesce('cohort.name', 'programme.name').as('name')])
    .where('role_grant.user_id', '=', userId)
    .orderBy('role_grant.role')
    .orderBy('name')
    .execute();
}

/** Where somebody is IB'er or director now, a school once. */
export async function listAtSchools(db: Db, personId: string): Promise<HeldRole[]> {
  const rows = await db
    .selectFrom('team_member')
    .innerJoin('series', 'series.id', 'team_member.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .select(['team_member.role', 'school.name'])
    .distinct()
    .where('team_member.person_id', '=', personId)
    .where('team_member.left_at', 'is', null)
    .where('team_member.role', 'in', ['ib', 'director'])
    .orderBy('school.name')
    .execute();
  return rows.flatMap(({ role, name }) => (role === 'teacher' ? [] : [{ role, name }]));
}

/** The accounts that are trainer of a cohort, by id. */
export async function listTrainers(db: Db, cohortId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('role_grant')
    .select('user_id as userId')
    .distinct()
    .where('role', '=', 'trainer')
    .where('cohort_id', '=', cohortId)
    .orderBy('user_id')
    .execute();
  return rows.map(({ userId }) => userId);
}
