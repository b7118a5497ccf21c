import { addDays, dayOf, daysBetween, hourOf, isWeekday } from '#lib/server/days.ts';

/** When raters are reminded: told on the round's page, so that a trainer can count on it. */
export const REMINDING = {
  /** By the schedule first after so many days. */
  firstAfterDays: 5,
  /** And then again after so many. */
  everyDays: 4,
  /** Never a reminder within so many days of another mail that asks, be it an invitation, its replacement or a reminder. */
  restDays: 3,
  /** The last reminder goes on one of so many last weekdays before the round closes. */
  lastWeekdays: 2,
  /** Hours of the clock in Amsterdam between which the schedule sends: nobody is woken. */
  fromHour: 8,
  untilHour: 18,
} as const;

/** Somebody who has not submitted in an open round. */
export type Remindable = {
  /** The day of the invitation. */
  invitedOn: string;
  /** The day of the last reminder in this round, by hand or by the schedule; null when there was none. */
  remindedOn: string | null;
  /** The day of the last mail of any round that asked to fill in; null when there was none. */
  mailedOn: string | null;
  /** The day at whose end the round closes; null: by hand. */
  closesOn: string | null;
};

/**
 * Whether the last mail leaves room for a reminder. A last mail in the future, which a clock that was set back makes,
 * leaves none.
 */
export function isRested(mailedOn: string | null, today: string): boolean {
  return mailedOn === null || daysBetween(mailedOn, today) >= REMINDING.restDays;
}

/** Why nobody may be reminded: on request, without an address, at one that mail did not reach, or so soon after another mail. */
export type Hindrance = 'quiet' | 'no_address' | 'mail_failed' | 'recent';

/** What keeps somebody from being reminded on this day, by hand and by the schedule; null: nothing does. */
export function hindranceOf(
  {
    isQuiet,
    hasAddress,
    isUnreachable,
    mailedOn,
  }: { isQuiet: boolean; hasAddress: boolean; isUnreachable: boolean; mailedOn: string | null },
  today: string,
): Hindrance | null {
  if (isQuiet) return 'quiet';
  if (!hasAddress) return 'no_address';
  if (isUnreachable) return 'mail_failed';
  return isRested(mailedOn, today) ? null : 'recent';
}

/** Whether the schedule sends reminders at this moment: on weekdays, in working hours. */
export function isReminderTime(now: Date): boolean {
  const hour = hourOf(now);
  return isWeekday(dayOf(now)) && hour >= REMINDING.fromHour && hour < REMINDING.untilHour;
}

/**
 * Whether the schedule reminds somebody on this day: after five days, then every four, and in the last two weekdays
 * before closing, but never within three days of another mail. A reminder shortly before those days is left out, so that
 * the last one, which says that answers which were not submitted are not used (rules.md, Who, what, when), can go.
 */
export function isReminderDue({ invitedOn, remindedOn, mailedOn, closesOn }: Remindable, today: string): boolean {
  if (!isRested(mailedOn, today) || daysBetween(invitedOn, today) < 1) return false;
  if (closesOn !== null) {
    const last = lastWeekdays(closesOn);
    if (last.includes(today)) return true;
    if (daysBetween(today, last[0] ?? today) < REMINDING.restDays) return false;
  }
  return remindedOn === null
    ? daysBetween(invitedOn, today) >= REMINDING.firstAfterDays
    : daysBetween(remindedOn, today) >= REMINDING.everyDays;
}

/** The last weekdays until and including the day of closing, first one first. */
function lastWeekdays(closesOn: string): string[] {
  const days: string[] = [];
  for (let day = closesOn; days.length < REMINDING.lastWeekdays; day = addDays(day, -1)) {
    if (isWeekday(day)) days.unshift(day);
  }
  return days;
}
