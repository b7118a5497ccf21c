import type { Db } from '#lib/server/db/open.ts';

export async function deleteFactors(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('two_factor').where('user_id', '=', userId).execute();
}

export async function setEnabled(db: Db, userId: string, isEnabled: boolean): Promise<void> {
  await db
    .updateTable('user')
    .set({ two_factor_enabled: isEnabled ? 1 : 0 })
    .where('id', '=', userId)
    .execute();
}
