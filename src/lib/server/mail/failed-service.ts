import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './failed-queries.ts';
import { mailWasAskedFor } from './nudge.ts';

/**
 * What becomes of mail that failed. Of the mails that tell somebody the same, the last failure counts; it stops counting
 * once one of them arrives (`mark`) or the address is mended, and nobody is told twice by trying again.
 */

/**
 * Tries a mail that failed once more, as if it were new; one that has not failed is left as it is, and one that a waiting
 * mail makes up for is dropped.
 * @throws DomainError not_found; forbidden unless it is mail of a cohort of one's own, or one manages all mail
 */
export async function retry(db: Db, actor: Actor, mailId: string, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const mail = await queries.findMail(trx, mailId);
    if (!mail) throw new DomainError('not_found');
    const scope = mail.cohortId === null ? {} : { cohortId: mail.cohortId };
    if (!may(actor, 'manage_cohort', scope) && !may(actor, 'manage_mail')) throw new DomainError('forbidden');
    await queries.dropAwaited(trx, mailId);
    if (!(await queries.retryFailed(trx, mailId, now.toISOString()))) return;
    await audit.record(trx, actor, 'mail.retried', { type: 'mail', id: mailId });
  });
}

/**
 * Tries every mail that failed once more, as `retry`.
 * @throws DomainError forbidden
 */
export async function retryAll(db: Db, actor: Actor, now: Date): Promise<void> {
  if (!may(actor, 'manage_mail')) throw new DomainError('forbidden');
  await inTransaction(db, async (trx) => {
    await queries.dropAwaited(trx);
    const mails = await queries.retryAllFailed(trx, now.toISOString());
    if (mails > 0) await audit.record(trx, actor, 'mail.retried', { type: 'mail', id: 'all' }, { mails });
  });
}

/** Whether mail to somebody's address of now would fail: its last one was refused. Nothing is to be told there. */
export function isAddressRefused(db: Db, personId: string): Promise<boolean> {
  return queries.isAddressRefused(db, personId);
}

/**
 * Ends the failures of an address that was mended, in the caller's transaction: forms that wait go to the new one by mails
 * of their own (`rounds/membership-service.ts`, `readdress`), word of a released report is tried again.
 */
export async function endFailures(trx: Db, personId: string, now: Date): Promise<void> {
  await queries.dropAsking(trx, personId);
  if ((await queries.retryAllFailed(trx, now.toISOString(), personId)) > 0) mailWasAskedFor();
}
