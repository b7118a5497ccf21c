import type { Insertable } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { Mail } from '#lib/server/db/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as dropped from './dropped-queries.ts';
import { isAboutInvented } from './invented-service.ts';
import { mailWasAskedFor } from './nudge.ts';
import * as queries from './queries.ts';

export type MailTemplate = Mail['template'];

/** To whom: by the id of a person or account, whose address is looked up as the mail is sent, or to an address as it is. */
export type MailTo = { personId: string } | { userId: string } | { address: string; language: 'nl' | 'en' };

export type NewMail = {
  template: MailTemplate;
  to: MailTo;
  /** What it is about, by ids: the text is written as it is sent, and no token or answer is kept (rules.md, Links and mail). */
  about: Record<string, string>;
  /** The round whose progress counts it; null for mail of no round. */
  roundId: string | null;
  /** What makes it this mail and no other: asking for it again, by a retry or a second process, changes nothing. */
  onceKey: string;
};

/**
 * Puts a mail into the outbox, in the caller's transaction: it goes out after the commit, and not without it. What is about
 * an invented cohort is left out here, so that nobody who asks for mail has to think of it and nothing waits in vain.
 * @returns false when it was left out
 */
export async function enqueue(trx: Db, mail: NewMail, now: Date): Promise<boolean> {
  if (await isAboutInvented(trx, mail)) return false;
  await queries.insertMail(trx, toRow(mail, now));
  mailWasAskedFor();
  return true;
}

/** Whether a mail was asked for before, by its key: asking again would change nothing. */
export function isAskedFor(trx: Db, onceKey: string): Promise<boolean> {
  return queries.hasMail(trx, onceKey);
}

/** As `enqueue`, for the many mails of a round at once. @returns how many are new */
export async function enqueueAll(trx: Db, mails: readonly NewMail[], now: Date): Promise<number> {
  const invented = new Set<string | null>();
  for (const roundId of new Set(mails.map((mail) => mail.roundId))) {
    if (await isAboutInvented(trx, { roundId, about: {} })) invented.add(roundId);
  }
  const rows = mails.filter(({ roundId }) => !invented.has(roundId)).map((mail) => toRow(mail, now));
  const fresh = await queries.insertMails(trx, rows);
  mailWasAskedFor();
  return fresh;
}

/** Lets those of these mails that failed wait again, as new. @returns how many */
export async function retryFailed(trx: Db, mails: readonly Pick<NewMail, 'onceKey'>[], now: Date): Promise<number> {
  let again = 0;
  for (const { onceKey } of mails) if (await queries.retryFailed(trx, onceKey, now.toISOString())) again += 1;
  if (again > 0) mailWasAskedFor();
  return again;
}

/** Who was mailed this about a round, and whether a mail waits of which nothing is written yet. */
export async function listAskedFor(
  trx: Db,
  template: MailTemplate,
  roundId: string,
): Promise<Map<string, { isWaiting: boolean }>> {
  const people = new Map<string, { isWaiting: boolean }>();
  for (const { personId, status, claimedUntil } of await queries.listOfRound(trx, template, roundId)) {
    const isWaiting = status === 'waiting' && claimedUntil === null;
    people.set(personId, { isWaiting: isWaiting || (people.get(personId)?.isWaiting ?? false) });
  }
  return people;
}

/**
 * Lets invitations and replacements wait again that were dropped while their forms did not stand: of several that would
 * say the same, the last one.
 */
export async function retryDropped(trx: Db, scope: dropped.Scope, now: Date): Promise<void> {
  for (const mail of lastOfEach(await dropped.listAsking(trx, scope))) {
    if (mail.status === 'dropped') await dropped.retryDropped(trx, mail.id, now.toISOString());
  }
  mailWasAskedFor();
}

/** How many mails `retryDropped` would let go out if this closed round opened once more. */
export async function countHeldBack(db: Db, roundId: string): Promise<number> {
  return lastOfEach(await dropped.listAsking(db, { roundId }, 'closed')).length;
}

/**
 * Of mails that say the same, newest first, the last one; none about another form than the one that waits, and none to
 * whom an invitation goes too, for that names every form.
 */
function lastOfEach(mails: readonly dropped.AskingMail[]): dropped.AskingMail[] {
  const last = new Map<string, dropped.AskingMail>();
  for (const mail of mails) {
    const isAboutForm =
      mail.template === 'invitation' || mail.about === JSON.stringify({ invitation: mail.invitationId });
    const what = [mail.template, mail.roundId, mail.personId, mail.about].join(' ');
    if (isAboutForm && !last.has(what)) last.set(what, mail);
  }
  const whom = (mail: dropped.AskingMail) => `${mail.roundId} ${mail.personId}`;
  const all = [...last.values()];
  const invited = new Set(all.filter(({ template }) => template === 'invitation').map(whom));
  return all.filter((mail) => mail.template === 'invitation' || !invited.has(whom(mail)));
}

function toRow(mail: NewMail, now: Date): Insertable<Mail> {
  const at = now.toISOString();
  return {
    id: newId(),
    template: mail.template,
    person_id: 'personId' in mail.to ? mail.to.personId : null,
    user_id: 'userId' in mail.to ? mail.to.userId : null,
    address: 'address' in mail.to ? mail.to.address : null,
    language: 'language' in mail.to ? mail.to.language : null,
    round_id: mail.roundId,
    about: JSON.stringify(mail.about),
    once_key: mail.onceKey,
    status: 'waiting',
    attempts: 0,
    due_at: at,
    claimed_until: null,
    fault: null,
    created_at: at,
    sent_at: null,
  };
}
