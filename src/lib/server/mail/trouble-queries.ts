import type { Db } from '#lib/server/db/open.ts';
import type { MailTrouble } from '#lib/server/db/schema.ts';
import { literally } from './status-queries.ts';

/** Why no mail can go at all just now, since when, and when it is tried again (ISO 8601). */
export type TroubleRow = { code: MailTrouble['code']; reply: number | null; since: string; againAt: string };

const after = (db: Db, moment: string) => db.selectFrom('mail_trouble').where('again_at', '>', moment);

/** What was found wrong, unless it was to be tried again by this moment. */
export function findTrouble(db: Db, moment: string): Promise<TroubleRow | undefined> {
  return after(db, moment).select(['code', 'reply', 'since', 'again_at as againAt']).executeTakeFirst();
}

/** As `findTrouble`, the code alone, for a statement that reads more. */
export const troubleCode = (db: Db, moment: string) => after(db, moment).select('code');

export async function setTrouble(db: Db, { code, reply, since, againAt }: TroubleRow): Promise<void> {
  const row = { code, reply, since, again_at: againAt };
  await db
    .insertInto('mail_trouble')
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export async function endTrouble(db: Db): Promise<void> {
  await db.deleteFrom('mail_trouble').execute();
}

/** Whether something was found wrong, however long ago. */
export async function isTold(db: Db): Promise<boolean> {
  return (await db.selectFrom('mail_trouble').select('id').executeTakeFirst()) !== undefined;
}

export async function countWaiting(db: Db): Promise<number> {
  const { waiting } = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('status', '=', literally('waiting'))
    .executeTakeFirstOrThrow();
  return waiting;
}
