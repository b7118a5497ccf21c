import { addDays, ZONE, zoneOffset } from '#lib/programme/calendar.ts';

/**
 * Days in the time zone of the schools, as text (yyyy-mm-dd): what a round's dates are, what reminders count in and what
 * the log is narrowed by. A day is a day, also when the clock is set forward or back in it.
 */

export { addDays, isWeekday } from '#lib/programme/calendar.ts';

const DAY_MS = 86_400_000;

const dayParts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const hourParts = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', hourCycle: 'h23' });

/** The day that a moment falls on. */
export function dayOf(moment: Date): string {
  return dayParts.format(moment);
}

/** The hour of the clock at a moment, 0–23. */
export function hourOf(moment: Date): number {
  return Number(hourParts.format(moment));
}

/** How many days `to` comes after `from`; negative when it comes before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/**
 * The moment at which a day begins; `later` counts days on from it.
 * @returns null for what is no day
 */
export function startOfDay(day: string, later = 0): Date | null {
  if (!ISO.test(day) || parseDay(day) === null) return null;
  const midnight = new Date(addDays(day, later));
  // Clocks are put forward or back at one o'clock UTC: at midnight UTC the difference is still that of the day's beginning.
  return new Date(midnight.getTime() - zoneOffset(midnight));
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const DUTCH = /^(\d{1,2})-(\d{1,2})-(\d{4})$/;

/** A day as somebody typed it: yyyy-mm-dd, as a date field sends it, or dd-mm-jjjj. Null for what is no day. */
export function parseDay(text: string): string | null {
  const typed = text.trim();
  const [, dutchDay = '', dutchMonth = '', dutchYear = ''] = DUTCH.exec(typed) ?? [];
  const day = ISO.test(typed) ? typed : `${dutchYear}-${dutchMonth.padStart(2, '0')}-${dutchDay.padStart(2, '0')}`;
  const moment = new Date(day);
  // A 31st of June would become the 1st of July.
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day) ? day : null;
}
