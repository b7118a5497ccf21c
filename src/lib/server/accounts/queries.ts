import type { Db } from '#lib/server/db/open.ts';

export type User = { id: string; name: string; email: string };

export function findUserByEmail(db: Db, email: string): Promise<User | undefined> {
  return db.selectFrom('user').select(['id', 'name', 'email']).where('email', '=', email).executeTakeFirst();
}

export function findUser(db: Db, id: string): Promise<User | undefined> {
  return db.selectFrom('user').select(['id', 'name', 'email']).where('id', '=', id).executeTakeFirst();
}

/** Whether an account has any role. */
export async function isStaff(db: Db, userId: string): Promise<boolean> {
  const row = await db.selectFrom('role_grant').select('id').where('user_id', '=', userId).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Whether somebody gave the first step or all of a sign-in to this account since `at` (ISO 8601), as far as the log knows. */
export async function hasSignedInSince(db: Db, userId: string, at: string): Promise<boolean> {
  const row = await db
    .selectFrom('audit_event')
    .select('id')
    .where('object_id', '=', userId)
    .where('object_type', '=', 'user')
    .where('action', 'in', ['sign_in.first_step', 'sign_in.done'])
    .where('at', '>=', at)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The language of an account's mail: that of the person whose account it is, who has one language; else its own. */
export async function findLanguage(db: Db, userId: string): Promise<'nl' | 'en' | undefined> {
  const row = await db
    .selectFrom('user')
    .leftJoin('person', 'person.user_id', 'user.id')
    .select((eb) => eb.fn.coalesce('person.language', 'user.language').as('language'))
    .where('user.id', '=', userId)
    .executeTakeFirst();
  return row?.language;
}

/** Sets the language of an account's mail, and of the mail to the person whose account it is. */
export async function updateLanguage(db: Db, userId: string, language: 'nl' | 'en'): Promise<void> {
  await db.updateTable('user').set({ language }).where('id', '=', userId).execute();
  await db.updateTable('person').set({ language }).where('user_id', '=', userId).execute();
}

export async function insertUser(db: Db, user: User, at: string): Promise<void> {
  await db
    .insertInto('user')
    .values({ ...user, email_verified: 1, image: null, created_at: at, updated_at: at })
    .execute();
}

export type Grant = { role: 'admin' | 'trainer' | 'steering'; cohortId: string | null; programmeId: string | null };

export function grantsOf(db: Db, userId: string): Promise<Grant[]> {
  return db
    .selectFrom('role_grant')
    .select(['role', 'cohort_id as cohortId', 'programme_id as programmeId'])
    .where('user_id', '=', userId)
    .execute();
}

/** What decides who an account is: every page asks it, so it is one query. */
export async function findIdentity(
  db: Db,
  userId: string,
): Promise<{ grants: Grant[]; personId: string | null; isInvented: boolean }> {
  const rows = await db
    .selectFrom('user')
    .leftJoin('person', 'person.user_id', 'user.id')
    .leftJoin('role_grant', 'role_grant.user_id', 'user.id')
    .leftJoin('demonstration', (join) =>
      join.onRef('demonstration.object_id', '=', 'user.id').on('demonstration.kind', '=', 'user'),
    )
    .select(['person.id as personId', 'role', 'cohort_id as cohortId', 'programme_id as programmeId'])
    .select('demonstration.object_id as mark')
    .where('user.id', '=', userId)
    .execute();
  return {
    grants: rows.flatMap(({ role, cohortId, programmeId }) => (role === null ? [] : [{ role, cohortId, programmeId }])),
    personId: rows[0]?.personId ?? null,
    isInvented: (rows[0]?.mark ?? null) !== null,
  };
}

export async function insertGrant(db: Db, id: string, userId: string, grant: Grant, at: string): Promise<void> {
  await db
    .insertInto('role_grant')
    .values({
      id,
      user_id: userId,
      role: grant.role,
      cohort_id: grant.cohortId,
      programme_id: grant.programmeId,
      created_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

type StaffRow = User & Grant;

/** Every account with a role, a row a role. */
export function listStaff(db: Db): Promise<StaffRow[]> {
  return db
    .selectFrom('user')
    .innerJoin('role_grant', 'role_grant.user_id', 'user.id')
    .select(['user.id', 'user.name', 'user.email', 'role', 'cohort_id as cohortId', 'programme_id as programmeId'])
    .orderBy('user.name')
    .execute();
}

export type Person = { id: string; name: string | null; email: string | null; userId: string | null };

const person = ['person.id', 'person.name', 'person.email', 'person.user_id as userId'] as const;

export function findPerson(db: Db, id: string): Promise<Person | undefined> {
  return db.selectFrom('person').select(person).where('id', '=', id).executeTakeFirst();
}

/** The ids of those of these addresses (in small letters) that somebody has. */
export async function personIdsByEmail(db: Db, emails: readonly string[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let start = 0; start < emails.length; start += CHUNK) {
    const rows = await db
      .selectFrom('person')
      .select(['id', 'email'])
      .where('email', 'in', emails.slice(start, start + CHUNK))
      .execute();
    for (const { id, email } of rows) if (email !== null) ids.set(email, id);
  }
  return ids;
}

export function findPersonByUser(db: Db, userId: string): Promise<Person | undefined> {
  return db.selectFrom('person').select(person).where('user_id', '=', userId).executeTakeFirst();
}

/** The person with this address who is or was IB'er or director of a school; none for somebody who is a teacher only. */
export function findSchoolPerson(db: Db, email: string): Promise<Person | undefined> {
  return db
    .selectFrom('person')
    .select(person)
    .where('email', '=', email)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('team_member')
          .select('team_member.id')
          .whereRef('team_member.person_id', '=', 'person.id')
          .where('team_member.role', 'in', ['ib', 'director']),
      ),
    )
    .executeTakeFirst();
}

/** So many values go into one statement: far below SQLite's limit of 32,766. */
const CHUNK = 2000;

export async function personIdsByImportKey(db: Db, keys: readonly string[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let start = 0; start < keys.length; start += CHUNK) {
    const rows = await db
      .selectFrom('person')
      .select(['id', 'import_key as importKey'])
      .where('import_key', 'in', keys.slice(start, start + CHUNK))
      .execute();
    for (const { id, importKey } of rows) if (importKey !== null) ids.set(importKey, id);
  }
  return ids;
}

export async function insertImportedPeople(
  db: Db,
  people: readonly { id: string; name: string | null; importKey: string; createdAt: string }[],
): Promise<void> {
  for (let start = 0; start < people.length; start += CHUNK) {
    const rows = people.slice(start, start + CHUNK).map((person) => ({
      id: person.id,
      name: person.name,
      email: null,
      user_id: null,
      import_key: person.importKey,
      created_at: person.createdAt,
    }));
    await db.insertInto('person').values(rows).execute();
  }
}

export async function insertPeople(
  db: Db,
  people: readonly { id: string; name: string; email: string | null; language?: 'nl' | 'en' }[],
  createdAt: string,
): Promise<void> {
  for (let start = 0; start < people.length; start += CHUNK) {
    const rows = people.slice(start, start + CHUNK).map(({ id, name, email, language = 'nl' as const }) => ({
      ...{ id, name, email, language, created_at: createdAt },
      ...{ user_id: null, import_key: null },
    }));
    await db.insertInto('person').values(rows).execute();
  }
}

export async function linkUser(db: Db, personId: string, userId: string): Promise<void> {
  await db.updateTable('person').set({ user_id: userId }).where('id', '=', personId).execute();
}
