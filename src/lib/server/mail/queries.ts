import type { Insertable } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { Mail } from '#lib/server/db/schema.ts';

/** A mail that was asked for before, by its key, is left as it is. */
export async function insertMail(db: Db, mail: Insertable<Mail>): Promise<void> {
  await db
    .insertInto('mail')
    .values(mail)
    .onConflict((conflict) => conflict.column('once_key').doNothing())
    .execute();
}
