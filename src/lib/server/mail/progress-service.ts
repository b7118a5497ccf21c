import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { Mail } from '#lib/server/db/schema.ts';
import type { MailTemplate } from './outbox-service.ts';
import * as queries from './progress-queries.ts';

export type MailStatus = Mail['status'];

/** How far one mail is: what a trainer may know of it, never its text or address. */
export type MailState = {
  id: string;
  template: MailTemplate;
  /** `dropped`: what it was to say no longer held when its turn came. */
  status: MailStatus;
  /** ISO 8601: when it was sent, failed or was dropped; of one that waits, when it is tried (again). */
  at: string;
  /** Why it has not gone out, for `mailFaultText`; null when nothing went wrong (yet). */
  fault: string | null;
};

export type RoundMail = {
  /** Of the invitations of the round. */
  counts: Record<MailStatus, number>;
  /** The last mail of the round to each person, by the person's id; who was sent nothing is not in it. */
  byPerson: Map<string, MailState>;
};

/**
 * How far the mail of a round is: one query besides that for the right.
 * @throws DomainError not_found, forbidden
 */
export async function mailOfRound(db: Db, actor: Actor, roundId: string): Promise<RoundMail> {
  const cohortId = await queries.cohortOfRound(db, roundId);
  if (cohortId === undefined) throw new DomainError('not_found');
  if (!may(actor, 'see_progress', { cohortId })) throw new DomainError('forbidden');
  const counts: RoundMail['counts'] = { waiting: 0, sent: 0, failed: 0, dropped: 0 };
  const byPerson: RoundMail['byPerson'] = new Map();
  for (const { personId, place, ...state } of await queries.listRoundMail(db, roundId)) {
    if (state.template === 'invitation') counts[state.status] += 1;
    if (place === 1) byPerson.set(personId, state);
  }
  return { counts, byPerson };
}

/**
 * Tries a mail that failed once more, as if it were new; one that has not failed is left as it is.
 * @throws DomainError not_found; forbidden unless it is mail of a cohort of one's own, or one manages all mail
 */
export async function retry(db: Db, actor: Actor, mailId: string, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const mail = await queries.findMail(trx, mailId);
    if (!mail) throw new DomainError('not_found');
    const scope = mail.cohortId === null ? {} : { cohortId: mail.cohortId };
    if (!may(actor, 'manage_cohort', scope) && !may(actor, 'manage_mail')) throw new DomainError('forbidden');
    if (!(await queries.retryFailed(trx, mailId, now.toISOString()))) return;
    await audit.record(trx, actor, 'mail.retried', { type: 'mail', id: mailId });
  });
}
