import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as kept from '#lib/server/registrations/kept-service.ts';
import * as withdrawing from '#lib/server/registrations/withdrawing-service.ts';
import * as queries from './queries.ts';

/**
 * Those who were named in the registration of a school and came into no team: nobody whom an erasure would find (service.ts).
 * They have no place yet, or are the director of a school that had another in the cohort already.
 */

/** So many are listed; the search is narrowed instead. */
const MOST_FOUND = 20;

export type Waiting = kept.WaitingRow;

/**
 * The registrations that name such somebody with this in name or address.
 * @param text nothing is found by an empty one
 * @throws DomainError forbidden
 */
export async function search(db: Db, actor: Actor, text: string): Promise<Waiting[]> {
  if (!may(actor, 'manage_retention')) throw new DomainError('forbidden');
  const wanted = text.trim();
  return wanted === '' ? [] : kept.searchWaiting(db, wanted, MOST_FOUND);
}

/**
 * Erases what was registered: the registration ends by it. Where the school has a place only its director goes, with the mail to
 * that address, but for a registration whose IB'er has it. Once more is harmless.
 * @returns which of the two it was
 * @throws DomainError forbidden; not_found, also for who came into a team: they are erased as everybody
 */
export async function erase(db: Db, actor: Actor, entryId: string, now: Date): Promise<'registration' | 'director'> {
  if (!may(actor, 'manage_retention')) throw new DomainError('forbidden');
  const erased = await inTransaction(db, async (trx) => {
    const email = await kept.forgetLeftDirector(trx, entryId);
    if (email === null) {
      const isWithdrawn = await withdrawing.withdrawWaiting(trx, actor, entryId, now);
      return isWithdrawn ? 'registration' : 'director';
    }
    await queries.deleteMail(trx, { personId: null, userId: null, email });
    await audit.record(trx, actor, 'registration.director_erased', { type: 'database', id: '-' });
    return 'director';
  });
  await queries.emptyLog(db);
  return erased;
}
