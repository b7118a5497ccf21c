import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { addDays, dayOf, hourOf, startOfDay } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import * as queries from './queries.ts';
import { listScheduledForms } from './reminder-queries.ts';
import { hindranceOf, isReminderDue, isReminderTime, REMINDING } from './reminder-rule.ts';
import * as reminders from './reminders-service.ts';
import { closeRound, openRound, tellTrainers } from './running.ts';
import * as schedule from './schedule-queries.ts';

/** The trainers hear so many days ahead that a round closes. */
const SOON_DAYS = 2;

/** That it closed they hear on the day of that or, where the server stood still, late: within a week. */
const CLOSED_DAYS = 7;

/**
 * Does what is due in all rounds: opens on the day from eight o'clock on, closes when the day of closing is over, tells
 * the trainers from eight o'clock on, reminds raters (reminder-rule.ts). Harmless to run twice, or in two processes at once: a round opens and
 * closes once, and each mail has a key of its own. A round that lacks something stays planned, and the trainer's first
 * page says so. One that breaks holds up no other.
 * @returns what was done, for the log of jobs: "opened 1, held back 0, closed 0, told 1, reminded 12"
 * @throws Error at the end, with the ids of the rounds that broke
 */
export async function runSchedule(db: Db, settings: { secret: string }, now: Date): Promise<string> {
  const broken: Broken = new Map();
  const closed = await closeDue(db, now, broken);
  const { opened, heldBack } = await openDue(db, settings.secret, now, broken);
  const told = (await tellOfClosing(db, now, broken)) + (await tellOfClosed(db, now, broken));
  const reminded = await remindDue(db, now, broken);
  if (broken.size > 0) {
    const [cause] = broken.values();
    throw new Error(`the schedule failed for the rounds ${[...broken.keys()].join(', ')}`, { cause });
  }
  return `opened ${opened}, held back ${heldBack}, closed ${closed}, told ${told}, reminded ${reminded}`;
}

/** The rounds that broke, by id, each with what went wrong first. */
type Broken = Map<string, unknown>;

async function closeDue(db: Db, now: Date, broken: Broken): Promise<number> {
  let closed = 0;
  for (const { id } of await schedule.listToClose(db, dayOf(now))) {
    const outcome = await attempt(id, broken, ['round_not_open'], () => closeRound(db, 'schedule', { id }, now));
    if (outcome === 'done') closed += 1;
  }
  return closed;
}

async function openDue(
  db: Db,
  secret: string,
  now: Date,
  broken: Broken,
): Promise<{ opened: number; heldBack: number }> {
  const done = { opened: 0, heldBack: 0 };
  if (hourOf(now) < REMINDING.fromHour) return done;
  const holding = ['round_opened', 'round_dates_wrong', 'round_has_no_schools', 'school_round_incomplete'] as const;
  for (const { id } of await schedule.listToOpen(db, dayOf(now))) {
    const outcome = await attempt(id, broken, holding, () =>
      db.transaction().execute(async (trx) => {
        const round = await known(trx, id);
        await openRound(trx, 'schedule', secret, round, now);
        await tellTrainers(trx, round, 'opened', now);
      }),
    );
    if (outcome === 'done') done.opened += 1;
    if (outcome === 'refused') done.heldBack += 1;
  }
  return done;
}

async function tellOfClosing(db: Db, now: Date, broken: Broken): Promise<number> {
  if (hourOf(now) < REMINDING.fromHour) return 0;
  let told = 0;
  for (const { id } of await schedule.listClosingSoon(db, addDays(dayOf(now), SOON_DAYS))) {
    await attempt(id, broken, [], async () => {
      told += await tellTrainers(db, await known(db, id), 'closing_soon', now);
    });
  }
  return told;
}

/** Rounds close at midnight. Of what trainers closed themselves, before its day was over, they know. */
async function tellOfClosed(db: Db, now: Date, broken: Broken): Promise<number> {
  const since = startOfDay(dayOf(now), -CLOSED_DAYS);
  if (since === null || hourOf(now) < REMINDING.fromHour) return 0;
  let told = 0;
  for (const { id, closesOn, closedAt } of await schedule.listClosedSince(db, since.toISOString())) {
    if (dayOf(new Date(closedAt)) <= closesOn) continue;
    await attempt(id, broken, [], async () => {
      told += await tellTrainers(db, await known(db, id), 'closed', now);
    });
  }
  return told;
}

async function remindDue(db: Db, now: Date, broken: Broken): Promise<number> {
  if (!isReminderTime(now)) return 0;
  const today = dayOf(now);
  const due = reminders
    .byRater(await listScheduledForms(db))
    .filter((rater) => hindranceOf(rater, today) === null && isReminderDue(rater, today));
  // Somebody in two rounds at once gets one of them today, and the other when that has rested.
  const once = [...new Map(due.map((rater) => [rater.personId, rater])).values()];
  let reminded = 0;
  for (const [roundId, raters] of Map.groupBy(once, (rater) => rater.roundId)) {
    const mails = raters.map(({ personId }) => reminders.reminderMail(roundId, personId, today));
    await attempt(roundId, broken, [], async () => {
      reminded += await db.transaction().execute((trx) => remindOf(trx, roundId, mails, now));
    });
  }
  return reminded;
}

async function remindOf(trx: Db, roundId: string, mails: readonly outbox.NewMail[], now: Date): Promise<number> {
  const people = await outbox.enqueueAll(trx, mails, now);
  const operator: Actor = { kind: 'operator' };
  const detail = { people, by: 'schedule' };
  if (people > 0) await audit.record(trx, operator, 'round.reminded', { type: 'round', id: roundId }, detail);
  return people;
}

/** One round that cannot, that another process took, or that breaks does not hold up the others. */
async function attempt(
  id: string,
  broken: Broken,
  refusals: readonly DomainError['code'][],
  work: () => Promise<void>,
): Promise<'done' | 'refused' | 'broken'> {
  try {
    await work();
    return 'done';
  } catch (cause) {
    if (cause instanceof DomainError && refusals.includes(cause.code)) return 'refused';
    if (!broken.has(id)) broken.set(id, cause);
    return 'broken';
  }
}

async function known(db: Db, id: string): Promise<queries.Round> {
  const round = await queries.findRound(db, id);
  if (!round) throw new DomainError('not_found');
  return round;
}
