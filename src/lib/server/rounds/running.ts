import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { get } from './access.ts';
import { inviteTeams, listMembers } from './inviting.ts';
import { overview } from './progress-service.ts';
import * as queries from './queries.ts';
import { listProgress } from './response-queries.ts';

/** A round opens and closes: by a trainer's hand, or by the schedule on its day. */

/** Who did it, for the log: nobody when its day had come. */
export type By = Actor | 'schedule';

/**
 * What opening would do: beside the overview how many forms are asked for, of how many people, and how many of these are
 * mailed. Somebody with two forms is one person, and gets one mail. `beside`: rounds of the cohort that are open already, with
 * how many of these people still have a form of it to send: they get another one, by a mail of its own.
 * @throws DomainError not_found, forbidden
 */
export async function previewOpening(db: Db, actor: Actor, id: string) {
  const page = await overview(db, actor, id);
  const units = await queries.listSchoolRounds(db, id);
  const members = await listMembers(db, page.round, units);
  const reachable = page.round.invented ? [] : members.filter(({ email }) => email !== null);
  const count = (some: typeof members) => new Set(some.map(({ personId }) => personId)).size;
  const beside: { name: string; people: number }[] = [];
  for (const other of await queries.listRounds(db, page.round.cohortId)) {
    if (other.status !== 'open' || other.id === id) continue;
    const waiting = (await listProgress(db, other.id)).filter(({ status }) => status !== 'submitted');
    const busy = new Set(waiting.map(({ personId }) => personId));
    beside.push({ name: other.name, people: count(members.filter(({ personId }) => busy.has(personId))) });
  }
  return { ...page, forms: members.length, people: count(members), mails: count(reachable), beside };
}

/**
 * Opens a planned round: from now on the personal links work, and everybody with an address is mailed theirs.
 * @param seen the version of the round that was looked at; left out by whoever looks at nothing first
 * @throws DomainError not_found, forbidden, round_opened, round_dates_wrong (its last day is over), round_has_no_schools,
 *   school_round_incomplete (a school without a director, where they are asked); changed_meanwhile when its dates, its aspects or how a school's
 *   teachers are protected were changed since
 */
export async function open(
  db: Db,
  actor: Actor,
  secret: string,
  id: string,
  now = new Date(),
  seen?: number,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const round = await get(trx, actor, id);
    const isAsSeen = seen === undefined || round.version === seen;
    if (round.status === 'planned' && !isAsSeen) throw new DomainError('changed_meanwhile');
    await openRound(trx, actor, secret, round, now);
  });
}

/** As `open`, for a round that the caller may open. */
export async function openRound(db: Db, by: By, secret: string, round: queries.Round, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (!(await queries.markOpen(trx, round.id, now.toISOString()))) throw new DomainError('round_opened');
    const { closesOn } = round;
    if (closesOn !== null && closesOn < dayOf(now)) throw new DomainError('round_dates_wrong');
    const schoolRounds = await queries.listSchoolRounds(trx, round.id);
    if (schoolRounds.length === 0) throw new DomainError('round_has_no_schools');
    await inviteTeams(trx, secret, round, schoolRounds, now);
    await log(trx, by, 'round.opened', round.id);
  });
}

/**
 * Closes the round for the whole cohort and takes its snapshots, in one transaction. Forms that were not submitted are
 * not used (rules.md, Who, what, when).
 * @throws DomainError not_found, forbidden, round_not_open
 */
export async function close(db: Db, actor: Actor, id: string, now = new Date()): Promise<void> {
  const round = await get(db, actor, id);
  await closeRound(db, actor, round, now);
}

/** As `close`, for a round that the caller may close. */
export async function closeRound(db: Db, by: By, round: Pick<queries.Round, 'id'>, now: Date): Promise<void> {
  const prepared = await reports.prepareSums(db, round.id);
  await inTransaction(db, async (trx) => {
    if (!(await queries.markClosed(trx, round.id, now.toISOString()))) throw new DomainError('round_not_open');
    await reports.takeSnapshots(trx, round.id, prepared);
    await log(trx, by, 'round.closed', round.id);
  });
}

/** Tells the trainers of the cohort what the schedule did, or is about to do; each of them once a day of closing. */
export async function tellTrainers(
  trx: Db,
  round: queries.Round,
  kind: 'opened' | 'closing_soon' | 'closed',
  now: Date,
): Promise<number> {
  // A round that opens once more, or closes later than was said, closes on another day: that is told too.
  const day = kind === 'opened' ? '' : `:${round.closesOn ?? ''}`;
  const mails = (await queries.trainersOf(trx, round.cohortId)).map((userId): outbox.NewMail => {
    const onceKey = `trainer_summary:${round.id}:${userId}:${kind}${day}`;
    return { template: 'trainer_summary', to: { userId }, about: { kind }, roundId: round.id, onceKey };
  });
  return outbox.enqueueAll(trx, mails, now);
}

async function log(trx: Db, by: By, action: 'round.opened' | 'round.closed', id: string): Promise<void> {
  const isSchedule = by === 'schedule';
  const actor: Actor = isSchedule ? { kind: 'operator' } : by;
  await audit.record(trx, actor, action, { type: 'round', id }, isSchedule ? { by } : {});
}
