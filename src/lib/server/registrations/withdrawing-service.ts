import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/held-roles-service.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { openOwn } from './entering-service.ts';
import * as entries from './entry-queries.ts';
import * as kept from './kept-service.ts';
import { tellAddresses, tellTrainers, type Counting } from './mails.ts';

/**
 * Withdraws a school by its own link: names and addresses go at once. Once more is harmless. Where it had a place it stays in
 * the cohort until a trainer takes it out, for a link may have been passed on; the trainers are told that the place is free.
 * @throws DomainError link_unknown
 */
export async function withdrawOwn(
  db: Db,
  secret: string,
  entryId: string,
  token: string | undefined,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { entry } = await openOwn(trx, entryId, token);
    await end(trx, { kind: 'visitor' }, entry, now, { secret });
  });
}

/**
 * A school that registered, for the cohort's trainer.
 * @throws DomainError not_found (also of another cohort), forbidden
 */
export async function getEntry(db: Db, actor: Actor, cohortId: string, entryId: string): Promise<entries.Entry> {
  await cohorts.get(db, actor, cohortId);
  const entry = await entries.find(db, entryId);
  if (entry?.cohortId !== cohortId) throw new DomainError('not_found');
  return entry;
}

/**
 * Withdraws a school that asked its trainer to. Once more is harmless.
 * @throws DomainError not_found (also of another cohort), forbidden
 */
export async function withdraw(db: Db, actor: Actor, cohortId: string, entryId: string, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => end(trx, actor, await getEntry(trx, actor, cohortId, entryId), now));
}

/**
 * Withdraws a school without a place, for whoever looks after personal data, without word to the school, whose addresses are
 * erased by it. The caller has asked for the right to that.
 * @returns false for one that has a place and whose director was taken out of it already: nothing is left to be done
 * @throws DomainError not_found
 */
export async function withdrawWaiting(db: Db, actor: Actor, entryId: string, now: Date): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const entry = await entries.find(trx, entryId);
    if (entry && entry.placedAt !== null && entry.director === null) return false;
    if (!entry || entry.placedAt !== null) throw new DomainError('not_found');
    if (entry.withdrawnAt !== null) return true;
    await kept.endQuietly(trx, entryId, now.toISOString());
    await audit.record(trx, actor, 'registration.withdrawn', { type: 'cohort', id: entry.cohortId });
    return true;
  });
}

async function end(
  trx: Db,
  actor: audit.AuditActor,
  entry: entries.Entry,
  now: Date,
  counting: Counting | null = null,
): Promise<void> {
  if (entry.withdrawnAt !== null) return;
  await entries.withdraw(trx, entry.id, now.toISOString());
  await audit.record(trx, actor, 'registration.withdrawn', { type: 'cohort', id: entry.cohortId });
  const addresses = [entry.ib?.email, entry.director?.email].flatMap((email) => email ?? []);
  await tellAddresses(trx, entry, 'withdrawn', addresses, '1', now, counting);
  const isOwn = actor.kind === 'visitor';
  if (isOwn && entry.placedAt !== null) {
    await tellTrainers(trx, entry.id, await accounts.trainersOf(trx, entry.cohortId), now);
  }
}
