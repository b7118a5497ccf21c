/**
 * Days (yyyy-mm-dd) and the schools' clock, without asking what time it is now. What needs a moment of today is in the
 * server's days.ts, which builds on this.
 */

export const ZONE = 'Europe/Amsterdam';
const DAY_MS = 86_400_000;

const offsetParts = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, timeZoneName: 'longOffset' });
const wallParts = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' });

/** Milliseconds that the schools' clock is ahead of UTC at a moment. */
export function zoneOffset(moment: Date): number {
  const name = offsetParts.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, hours = '0', minutes = '0'] = /([+-]\d{2}):(\d{2})/.exec(name) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day of a later month, or that month's last day where it has no such day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

/** Monday to Friday; holidays are not known here. */
export function isWeekday(day: string): boolean {
  const weekday = new Date(day).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}

/**
 * The moment (ISO 8601, UTC) at which the schools' clock shows this time (hh:mm) on this day. In the hour that is left out
 * when clocks go forward it is an hour later; in the one that comes twice it is one of the two.
 */
export function momentOf(day: string, time: string): string {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const guess = asUtc - zoneOffset(new Date(asUtc));
  return new Date(asUtc - zoneOffset(new Date(guess))).toISOString();
}

/** The day and the time (hh:mm) that the schools' clock shows at a moment. */
export function wallClock(moment: string): { day: string; time: string } {
  const [day = '', time = ''] = wallParts.format(new Date(moment)).split(' ');
  return { day, time };
}

/** The moment so many weeks later (earlier below 0) at the same time of the clock, also when clocks change in between. */
export function weeksLater(moment: string, weeks: number): string {
  const { day, time } = wallClock(moment);
  return momentOf(addDays(day, weeks * 7), time);
}
