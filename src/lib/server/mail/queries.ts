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

/** Whether a mail of this key was asked for. */
export async function hasMail(db: Db, onceKey: string): Promise<boolean> {
  return (await db.selectFrom('mail').select('id').where('once_key', '=', onceKey).executeTakeFirst()) !== undefined;
}

/** So many rows in a statement that SQLite's limit of parameters is far. */
const CHUNK = 500;

/** As `insertMail`, many at once. @returns how many were not asked for before */
export async function insertMails(db: Db, mails: readonly Insertable<Mail>[]): Promise<number> {
  let inserted = 0;
  for (let from = 0; from < mails.length; from += CHUNK) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('mail')
      .values(mails.slice(from, from + CHUNK))
      .onConflict((conflict) => conflict.column('once_key').doNothing())
      .executeTakeFirstOrThrow();
    inserted += Number(numInsertedOrUpdatedRows ?? 0);
  }
  return inserted;
}

type AskedForRow = { personId: string; status: Mail['status']; claimedUntil: string | null };

/** The mails of a round to people, by one template. */
export function listOfRound(db: Db, template: Mail['template'], roundId: string): Promise<AskedForRow[]> {
  return db
    .selectFrom('mail')
    .select(['person_id as personId', 'status', 'claimed_until as claimedUntil'])
    .where('round_id', '=', roundId)
    .where('template', '=', template)
    .where('person_id', 'is not', null)
    .$narrowType<{ personId: string }>()
    .execute();
}

/** Lets the mail of this key wait again, as new, when it failed, made up for or not. @returns whether it had */
export async function retryFailed(db: Db, onceKey: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('mail')
    .set({ status: 'waiting', attempts: 0, due_at: at, claimed_until: null, fault: null, sent_at: null })
    .where('once_key', '=', onceKey)
    .where((eb) => eb.or([eb('status', '=', 'failed'), eb('status', '=', 'dropped').and('fault', 'is not', null)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
