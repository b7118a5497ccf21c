import { sql } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';

const markedUsers = (db: Db) => db.selectFrom('demonstration').select('object_id').where('kind', '=', 'user');
const markedCohorts = (db: Db) => db.selectFrom('demonstration').select('object_id').where('kind', '=', 'cohort');

/** Whether an account that did not come with the demonstration is administrator. */
export async function hasOwnAdmin(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('role_grant')
    .select('id')
    .where('role', '=', 'admin')
    .where('user_id', 'not in', markedUsers(db))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the account came with the demonstration. */
export async function isMarked(db: Db, userId: string): Promise<boolean> {
  return (await markedUsers(db).where('object_id', '=', userId).executeTakeFirst()) !== undefined;
}

/** The places of `person` in teams of marked cohorts, or of others. */
const inTeamOf = (db: Db, marked: boolean) =>
  db
    .selectFrom('team_member')
    .innerJoin('series', 'series.id', 'team_member.series_id')
    .where('series.cohort_id', marked ? 'in' : 'not in', markedCohorts(db))
    .where('team_member.person_id', '=', sql.ref<string>('person.id'))
    .select('team_member.id');

/**
 * Whether a marked account has this address, or somebody who is in teams of marked cohorts only. Of the latter only
 * addresses that cannot exist (RFC 2606): somebody may have put the own address into a team to try it out.
 */
export async function isInvented(db: Db, email: string): Promise<boolean> {
  const user = db.selectFrom('user').select('id').where('email', '=', email).where('id', 'in', markedUsers(db));
  if (await user.executeTakeFirst()) return true;
  if (!email.endsWith('.example')) return false;
  const person = await db
    .selectFrom('person')
    .select('id')
    .where('email', '=', email)
    .where(({ exists }) => exists(inTeamOf(db, true)))
    .where(({ not, exists }) => not(exists(inTeamOf(db, false))))
    .executeTakeFirst();
  return person !== undefined;
}

/**
 * Whether there is a cohort that came from elsewhere: neither made by the demonstration nor, to try it out, by one of its
 * accounts.
 */
export async function hasCohortBeside(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('cohort')
    .select('id')
    .where('id', 'not in', markedCohorts(db))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('role_grant')
            .select('role_grant.id')
            .whereRef('role_grant.cohort_id', '=', 'cohort.id')
            .where('role_grant.user_id', 'in', markedUsers(db)),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const isGlobal = (db: Db) =>
  db.selectFrom('role_grant').select('user_id').where('cohort_id', 'is', null).where('programme_id', 'is', null);

/** The accounts of the demonstration with a right that reaches beyond its cohorts and programme. */
export function listGlobal(db: Db): Promise<{ id: string; email: string }[]> {
  return db
    .selectFrom('user')
    .select(['id', 'email'])
    .where('id', 'in', markedUsers(db))
    .where('id', 'in', isGlobal(db))
    .execute();
}

export async function deleteGlobalGrants(db: Db, userId: string): Promise<void> {
  await db
    .deleteFrom('role_grant')
    .where('user_id', '=', userId)
    .where('cohort_id', 'is', null)
    .where('programme_id', 'is', null)
    .execute();
}

export async function deleteSessions(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('session').where('user_id', '=', userId).execute();
}

/** Deletes the sign-in links that were made for this address and not used yet. */
export async function deleteSignInLinks(db: Db, email: string): Promise<void> {
  await db.deleteFrom('verification').where('value', 'like', `%"${email}"%`).execute();
}
