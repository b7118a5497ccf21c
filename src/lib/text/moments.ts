import { dayText } from './dates.ts';
import type { Locale } from './numbers.ts';

/** The time of a moment in Amsterdam: 14:05. */
export function timeText(moment: Date, locale: Locale): string {
  const parts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Amsterdam' } as const;
  return new Intl.DateTimeFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', parts).format(moment);
}

/** Day and time of a moment in Amsterdam: 26-11-2026 14:05. */
export function dayTimeText(moment: Date, locale: Locale): string {
  return `${dayText(moment.toISOString(), locale)} ${timeText(moment, locale)}`;
}
