import type { Db } from '#lib/server/db/open.ts';

export type SessionRow = {
  id: string;
  createdAt: Date;
  usedAt: Date;
  userAgent: string | null;
  secondFactorAt: string | null;
};

export async function listSessions(db: Db, userId: string): Promise<SessionRow[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'created_at', 'updated_at', 'user_agent as userAgent', 'second_factor_at as secondFactorAt'])
    .where('user_id', '=', userId)
    .orderBy('updated_at', 'desc')
    .execute();
  return rows.map(({ created_at, updated_at, ...row }) => ({
    ...row,
    createdAt: new Date(created_at),
    usedAt: new Date(updated_at),
  }));
}

export async function touch(db: Db, id: string, at: string): Promise<void> {
  await db.updateTable('session').set({ updated_at: at }).where('id', '=', id).execute();
}

/** When a session began (ISO 8601); undefined when it has ended. */
export async function findCreatedAt(db: Db, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('session').select('created_at').where('id', '=', id).executeTakeFirst();
  return row?.created_at;
}

export async function setCreatedAt(db: Db, id: string, at: string): Promise<void> {
  await db.updateTable('session').set({ created_at: at }).where('id', '=', id).execute();
}

export async function markSecondFactor(db: Db, id: string, at: string): Promise<void> {
  await db.updateTable('session').set({ second_factor_at: at }).where('id', '=', id).execute();
}

/** @returns whether the account had such a session */
export async function deleteSession(db: Db, userId: string, id: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom('session')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return deleted !== undefined;
}

export async function deleteSessionsOf(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('session').where('user_id', '=', userId).execute();
}

export async function deleteSessionsBeside(db: Db, userId: string, kept: string): Promise<void> {
  await db.deleteFrom('session').where('user_id', '=', userId).where('id', '!=', kept).execute();
}

export async function deleteExpired(db: Db, now: string): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<=', now).execute();
}
