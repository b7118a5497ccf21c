import { m } from '#lib/paraglide/messages.js';
import { wallClock } from '#lib/programme/calendar.ts';
import { dayText } from './dates.ts';
import type { Locale } from './numbers.ts';
import { remembered } from './remembered.ts';

const TAGS: Readonly<Record<Locale, string>> = { nl: 'nl-NL', en: 'en-GB' };
const NAMES = { weekday: { weekday: 'short' }, month: { month: 'short' } } as const;
const nameOf = remembered(
  (kind: keyof typeof NAMES, locale: Locale) =>
    new Intl.DateTimeFormat(TAGS[locale], { ...NAMES[kind], timeZone: 'UTC' }),
);
const hoursFormat = remembered((locale: Locale) => new Intl.NumberFormat(TAGS[locale], { maximumFractionDigits: 2 }));

/** A day (yyyy-mm-dd) with its weekday: "do 01-10-2026". */
export function weekdayText(day: string, locale: Locale): string {
  return `${nameOf('weekday', locale).format(new Date(day))} ${dayText(day, locale)}`;
}

/** The month of a day, short: "okt". */
export function monthText(day: string, locale: Locale): string {
  return nameOf('month', locale).format(new Date(day)).replace('.', '');
}

/** From when to when by the schools' clock: "09:30–12:30". */
export function timesText({ startsAt, endsAt }: { startsAt: string; endsAt: string }): string {
  return `${wallClock(startsAt).time}–${wallClock(endsAt).time}`;
}

/** A number of hours without its unit, with decimals where there are any: "3", "2,5". */
export function hoursNumber(hours: number, locale: Locale): string {
  return hoursFormat(locale).format(hours);
}

/** Hours of a plan with their word: "3 uur", "1 hour". */
export function planHoursText(hours: number, locale: Locale): string {
  return m.course_hours({ hours: hoursNumber(hours, locale), count: hours }, { locale });
}
