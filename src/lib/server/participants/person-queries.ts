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
