import type { Db } from '#lib/server/db/open.ts';

export async function replaceSetupLink(db: Db, tokenHash: string, expiresAt: string): Promise<void> {
  await db.deleteFrom('setup_link').execute();
  await db.insertInto('setup_link').values({ token_hash: tokenHash, expires_at: expiresAt }).execute();
}

export async function hasSetupLink(db: Db, tokenHash: string, now: string): Promise<boolean> {
  const row = await db
    .selectFrom('setup_link')
    .select('token_hash')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteSetupLinks(db: Db): Promise<void> {
  await db.deleteFrom('setup_link').execute();
}
