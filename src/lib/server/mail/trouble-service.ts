import type { MailConfig } from '#lib/server/config.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { MailHeldUp } from '#lib/text/mail-held-up.ts';
import * as queries from './trouble-queries.ts';

/** What holds up all mail, for every process to know: the one that sends writes it down, and takes it away. */

/** So long after it was to try again a process that wrote nothing new is gone, in milliseconds; a try itself takes time. */
const GONE = 5 * 60_000;

export type TroubleCode = queries.TroubleRow['code'];
/** Why no mail can go at all just now. */
export type Trouble = { code: TroubleCode; reply: number | null; since: Date };

/** Of the moments to try again, those up to this one say nothing any more. */
export function goneBy(now: Date): string {
  return new Date(now.getTime() - GONE).toISOString();
}

/** Why mail is held up; null when nothing is known to be wrong. */
export async function findTrouble(db: Db, now: Date): Promise<Trouble | null> {
  const row = await queries.findTrouble(db, goneBy(now));
  return row === undefined ? null : { code: row.code, reply: row.reply, since: new Date(row.since) };
}

/** Why mail waits, for those who need no more than that; null when it goes out, as far as is known. */
export async function findHeldUp(db: Db, mail: MailConfig | null, now: Date): Promise<MailHeldUp | null> {
  const trouble = mail === null ? null : await findTrouble(db, now);
  return heldUpBy(mail, trouble?.code ?? null);
}

/** What the trouble means for mail. */
export function heldUpBy(mail: MailConfig | null, code: TroubleCode | null): MailHeldUp | null {
  if (mail === null) return 'unset';
  if (code === null) return null;
  return code === 'unreachable' ? 'unreachable' : 'settings';
}

/** How many mails wait because none can go at all, for want of a mail server too; 0 when mail goes out. */
export async function countHeldUp(db: Db, mail: MailConfig | null, now: Date): Promise<number> {
  return (await findHeldUp(db, mail, now)) === null ? 0 : queries.countWaiting(db);
}

/** Writes down that the mail server takes no mail; it does so since the first who found it. */
export async function tell(
  db: Db,
  found: { code: TroubleCode; reply: number | null; againAt: Date },
  now: Date,
): Promise<void> {
  const known = await queries.findTrouble(db, goneBy(now));
  const since = known?.since ?? now.toISOString();
  await queries.setTrouble(db, { ...found, since, againAt: found.againAt.toISOString() });
}

/** Whether trouble is written down, by whichever process. */
export function isTold(db: Db): Promise<boolean> {
  return queries.isTold(db);
}

/** The mail server takes mail. */
export function end(db: Db): Promise<void> {
  return queries.endTrouble(db);
}
