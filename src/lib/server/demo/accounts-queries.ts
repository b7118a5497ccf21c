import type { Db } from '#lib/server/db/open.ts';

const markedUsers = (db: Db) => db.selectFrom('demonstration').select('object_id').where('kind', '=', 'user');

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
