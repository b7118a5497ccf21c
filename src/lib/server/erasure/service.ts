import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as actionPlans from '#lib/server/action-plans/kept-service.ts';
import * as attendance from '#lib/server/attendance/kept-service.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as calendar from '#lib/server/calendar/service.ts';
import * as series from '#lib/server/cohorts/series-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as handIns from '#lib/server/hand-ins/kept-service.ts';
import * as registrations from '#lib/server/registrations/kept-service.ts';
import * as snapshots from '#lib/server/reports/erasure-service.ts';
import * as membership from '#lib/server/rounds/membership-service.ts';
import * as usefulness from '#lib/server/usefulness/kept-service.ts';
import * as kept from './kept-queries.ts';
import * as queries from './queries.ts';

/**
 * Erases somebody in one transaction (rules.md, Shown and withheld): name, addresses, account with roles and sessions,
 * forms with answers, remarks and scale questions, invitations, mail, confirmations, attendance, what was said of sessions,
 * the action plan, what was handed in, registrations. A director's, IB'er's and open
 * teacher's cells go from the snapshots too; pooled protected cells and the cohort's sums stay. About an IB'er nothing is
 * asked any more, and what others wrote about her goes. The log keeps a line without a name.
 * @param typed the name (or address, where there is none) of whom it is about, typed to be sure
 * @throws DomainError forbidden; not_found, also for who was erased before; own_role for oneself; last_admin;
 *   erasure_name_wrong
 */
export async function erase(db: Db, actor: Actor, id: string, typed: string, now: Date): Promise<void> {
  if (!may(actor, 'manage_retention')) throw new DomainError('forbidden');
  await db.transaction().execute(async (trx) => {
    const somebody = await kept.find(trx, id);
    if (!somebody) throw new DomainError('not_found');
    const { userId } = somebody;
    if (userId !== null && actor.kind === 'user' && actor.userId === userId) throw new DomainError('own_role');
    if (userId !== null && (await queries.isLastAdmin(trx, userId))) throw new DomainError('last_admin');
    if (!isSame(typed, labelOf(somebody))) throw new DomainError('erasure_name_wrong');
    const forms = await takeAway(trx, actor, somebody, now.toISOString());
    const type = somebody.personId === null ? 'user' : 'person';
    await audit.record(trx, actor, 'person.erased', { type, id }, { forms });
  });
  await queries.emptyLog(db);
}

/** What has to be typed to erase somebody: the name, else the address, else what an import called them. */
export function labelOf({ name, email, importKey, id }: kept.Somebody): string {
  return name ?? email ?? importKey ?? id;
}

/**
 * Erases somebody again in a copy that is about to be put back, by the journal, which also names registrations that ended.
 * Whoever is not in it is passed over.
 */
export async function eraseAgain(trx: Db, actor: Actor, id: string, at: string): Promise<void> {
  const somebody = await kept.find(trx, id);
  if (somebody) await takeAway(trx, actor, somebody, at);
  else await registrations.endQuietly(trx, id, at);
}

async function takeAway(trx: Db, actor: Actor, somebody: kept.Somebody, at: string): Promise<number> {
  const { personId, userId, email } = somebody;
  await registrations.erasePerson(trx, { personId, email }, at);
  await queries.deleteMail(trx, somebody);
  let forms = 0;
  if (personId !== null) {
    await snapshots.takeOutOfSnapshots(trx, personId);
    for (const about of await queries.listSeriesAbout(trx, personId)) {
      if (about.leftAt !== null) continue;
      await membership.leave(trx, actor, about, at);
      await series.markLeft(trx, actor, about.id, at);
      await calendar.endOfGone(trx, actor, about.cohortId);
    }
    await series.raiseOthersOfPerson(trx, '', personId);
    await queries.deleteRemarksAbout(trx, personId);
    forms = await queries.deleteForms(trx, personId);
    await attendance.erasePerson(trx, personId);
    await usefulness.erasePerson(trx, personId);
    await actionPlans.erasePerson(trx, personId);
    await handIns.erasePerson(trx, personId);
    await calendar.endAll(trx, { personId });
    await queries.deletePerson(trx, personId, at);
  }
  if (userId !== null && email !== null) await queries.deleteAccount(trx, userId, email);
  return forms;
}

/** As people type: whatever the case, and with any number of spaces. */
function isSame(typed: string, label: string): boolean {
  const plain = (text: string) => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  return plain(typed) === plain(label);
}
