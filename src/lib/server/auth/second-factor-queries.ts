import type { Db } from '#lib/server/db/open.ts';

/** A second factor: `secret` is encrypted, `codes` are the keyed hashes of recovery codes; waiting until it is confirmed. */
export type Factor = { id: string; secret: string; codes: string };

export function findFactor(db: Db, userId: string, state: 'in use' | 'waiting'): Promise<Factor | undefined> {
  return db
    .selectFrom('two_factor')
    .select(['id', 'secret', 'backup_codes as codes'])
    .where('user_id', '=', userId)
    .where('verified', '=', state === 'in use' ? 1 : 0)
    .executeTakeFirst();
}

export async function insertWaiting(db: Db, userId: string, factor: Factor): Promise<void> {
  await db
    .insertInto('two_factor')
    .values({
      id: factor.id,
      user_id: userId,
      secret: factor.secret,
      backup_codes: factor.codes,
      verified: 0,
      locked_until: null,
    })
    .execute();
}

export async function deleteWaiting(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('two_factor').where('user_id', '=', userId).where('verified', '=', 0).execute();
}

/** Takes a factor that waited into use. @returns false when it does not wait any more */
export async function useFactor(db: Db, id: string, codes: string): Promise<boolean> {
  const used = await db
    .updateTable('two_factor')
    .set({ verified: 1, backup_codes: codes })
    .where('id', '=', id)
    .where('verified', '=', 0)
    .returning('id')
    .executeTakeFirst();
  return used !== undefined;
}

export async function deleteOthers(db: Db, userId: string, id: string): Promise<void> {
  await db.deleteFrom('two_factor').where('user_id', '=', userId).where('id', '!=', id).execute();
}

/** Replaces the codes, if they are still what they were. @returns false when somebody was first */
export async function replaceCodes(db: Db, id: string, codes: string, before: string): Promise<boolean> {
  const replaced = await db
    .updateTable('two_factor')
    .set({ backup_codes: codes })
    .where('id', '=', id)
    .where('backup_codes', '=', before)
    .returning('id')
    .executeTakeFirst();
  return replaced !== undefined;
}

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
