import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { get, getOfCohort } from './access.ts';
import { dateFaults } from './date-rule.ts';
import { inviteNewcomers, listNewcomers } from './inviting.ts';
import * as membership from './membership-service.ts';
import * as queries from './queries.ts';

/** A closed round may open once more, until the first release. */

/**
 * Whom opening it once more would ask for the first time, without addresses, and how many mails to others it would let go
 * that closing held back: for the page that asks.
 * @throws DomainError not_found, forbidden
 */
export async function previewReopening(db: Db, actor: Actor, id: string) {
  const { round, cohort } = await getOfCohort(db, actor, id);
  const newcomers = (await listNewcomers(db, round)).map(({ name, schoolName, email }) => ({
    ...{ name, schoolName, hasAddress: email !== null },
  }));
  return { round, cohort, newcomers, heldBack: await outbox.countHeldBack(db, id) };
}

/**
 * Opens a closed round once more, until the end of a day; the snapshots of that closing go (rules.md, Who, what, when).
 * Whoever left meanwhile is not asked again, and who came is asked now. Invitations and new links that closing kept from
 * going out do so now.
 * @throws DomainError not_found, forbidden, round_not_closed, round_imported, round_dates_wrong, round_released (a report
 *   of it is released, or was: somebody may have read it)
 */
export async function reopen(
  db: Db,
  actor: Actor,
  secret: string,
  id: string,
  closesOn: string,
  now = new Date(),
): Promise<void> {
  const round = await get(db, actor, id);
  await inTransaction(db, async (trx) => {
    if (round.origin === 'import') throw new DomainError('round_imported');
    const before = { opensOn: null, closesOn: null };
    if (dateFaults({ opensOn: null, closesOn }, before, dayOf(now)).closesOn) {
      throw new DomainError('round_dates_wrong');
    }
    if (!(await queries.markReopened(trx, id, closesOn))) throw new DomainError('round_not_closed');
    if (await queries.wasReleased(trx, id)) throw new DomainError('round_released');
    await reports.dropSnapshots(trx, id);
    await membership.withdrawOfLeft(trx, actor, id);
    await audit.record(trx, actor, 'round.reopened', { type: 'round', id }, { closesOn });
    await inviteNewcomers(trx, actor, secret, round, now);
    await outbox.retryDropped(trx, { roundId: id }, now);
  });
}
