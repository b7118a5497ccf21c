import type { Db } from '#lib/server/db/open.ts';

/** The hash of an account's password; null when it has none. */
export async function findHash(db: Db, userId: string): Promise<string | null> {
  const row = await db
    .selectFrom('account')
    .select('password')
    .where('user_id', '=', userId)
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  return row?.password ?? null;
}

/** The one row of better-auth that holds a password: its account at the provider "credential" is the account itself. */
export async function saveHash(db: Db, id: string, userId: string, password: string, at: string): Promise<void> {
  await db.deleteFrom('account').where('user_id', '=', userId).where('provider_id', '=', 'credential').execute();
  await db
    .insertInto('account')
    .values({
      ...{ id, account_id: userId, provider_id: 'credential', user_id: userId, password },
      ...{ access_token: null, refresh_token: null, id_token: null, scope: null },
      ...{ access_token_expires_at: null, refresh_token_expires_at: null, created_at: at, updated_at: at },
    })
    .execute();
}
