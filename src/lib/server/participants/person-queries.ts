import type { Db } from '#lib/server/db/open.ts';

/** Those of these addresses (in small letters) that somebody has, with the name. */
export async function findByEmails(db: Db, emails: readonly string[]): Promise<Map<string, { name: string | null }>> {
  if (emails.length === 0) return new Map();
  const rows = await db
    .selectFrom('person')
    .select(['name', 'email'])
    .where('email', 'in', [...new Set(emails)])
    .execute();
  return new Map(rows.flatMap(({ name, email }) => (email === null ? [] : [[email, { name }]])));
}

/** Somebody as the trainer may see and correct; `userId` is the account for reading reports. */
export type PersonDetails = {
  id: string;
  name: string | null;
  email: string | null;
  language: 'nl' | 'en';
  userId: string | null;
};

export function findPerson(db: Db, id: string): Promise<PersonDetails | undefined> {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'language', 'user_id as userId'])
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function isAddressOfOther(db: Db, email: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('person')
    .select('id')
    .where('email', '=', email)
    .where('id', '<>', personId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function updatePerson(db: Db, { id, name, email, language, userId }: PersonDetails): Promise<void> {
  await db.updateTable('person').set({ name, email, language, user_id: userId }).where('id', '=', id).execute();
}
