import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as kept from '#lib/server/registrations/kept-service.ts';
import * as withdrawing from '#lib/server/registrations/withdrawing-service.ts';

/** Those who were named in the registration of a school and have no place: nobody whom an erasure would find (service.ts). */

/** So many are listed; the search is narrowed instead. */
const MOST_FOUND = 20;

export type Waiting = kept.WaitingRow;

/**
 * The registrations without a place that name somebody with this in name or address.
 * @param text nothing is found by an empty one
 * @throws DomainError forbidden
 */
export async function search(db: Db, actor: Actor, text: string): Promise<Waiting[]> {
  if (!may(actor, 'manage_retention')) throw new DomainError('forbidden');
  const wanted = text.trim();
  return wanted === '' ? [] : kept.searchWaiting(db, wanted, MOST_FOUND);
}

/**
 * Erases what was registered: the registration ends by it. Once more is harmless.
 * @throws DomainError forbidden; not_found, also for a school that has a place: its people are erased as everybody
 */
export async function erase(db: Db, actor: Actor, entryId: string, now: Date): Promise<void> {
  if (!may(actor, 'manage_retention')) throw new DomainError('forbidden');
  await withdrawing.withdrawWaiting(db, actor, entryId, now);
}
