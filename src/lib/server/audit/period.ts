const ZONE = 'Europe/Amsterdam';

/**
 * The moment at which a day (yyyy-mm-dd) begins in Amsterdam; `later` counts days on from it.
 * @returns null for what is no day
 */
export function startOfDay(day: string, later = 0): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)?.slice(1).map(Number);
  const [year = 0, month = 0, date = 0] = parts ?? [];
  const midnight = new Date(Date.UTC(year, month - 1, date));
  if (!parts || midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== date) return null;
  midnight.setUTCDate(date + later);
  // Clocks are put forward or back at one o'clock UTC: at midnight UTC the difference is still that of the day's beginning.
  return new Date(midnight.getTime() - offset(midnight));
}

/** Milliseconds that Amsterdam is ahead of UTC. */
function offset(moment: Date): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, timeZoneName: 'longOffset' });
  const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, hours = '0', minutes = '0'] = /([+-]\d{2}):(\d{2})/.exec(name) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}
