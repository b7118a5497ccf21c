import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './quiet-queries.ts';
import { follow } from './service.ts';

/**
 * "No reminders, please": chosen by whoever holds a personal link, about all forms of that person in the round, since they are
 * asked for in one mail. It says nothing about taking part, and can be taken back as easily.
 */

/** Whether this person asked for no reminders of this round. */
export function isQuiet(db: Db, invitationId: string): Promise<boolean> {
  return queries.isQuiet(db, invitationId);
}

/** Whether reminders can reach this person at all. */
export function hasAddress(db: Db, invitationId: string): Promise<boolean> {
  return queries.hasAddress(db, invitationId);
}

/**
 * Keeps the choice of the page of a personal link; the same choice twice is harmless.
 * @throws DomainError link_unknown, round_closed, as `follow`
 */
export function chooseReminders(
  db: Db,
  secret: string,
  token: string,
  choice: 'stop' | 'go_on',
  now = new Date(),
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { invitationId } = await follow(trx, secret, token);
    if (choice === 'stop') await queries.insertQuiet(trx, invitationId, now.toISOString());
    else await queries.deleteQuiet(trx, invitationId);
  });
}
