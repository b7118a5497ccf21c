import type { Locale } from './numbers.ts';

const TAGS: Readonly<Record<Locale, string>> = { nl: 'nl-NL', en: 'en-GB' };

/** The day of a moment (ISO 8601) in Amsterdam: dd-mm-jjjj, in English dd/mm/yyyy. Throws for what is no moment. */
export function dayText(moment: string, locale: Locale): string {
  const parts = { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'Europe/Amsterdam' } as const;
  return new Intl.DateTimeFormat(TAGS[locale], parts).format(new Date(moment));
}

/** The day and the time of a moment in Amsterdam: 21-11-2026 20:15, in English 21/11/2026 20:15. */
export function momentText(moment: string, locale: Locale): string {
  const parts = { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Amsterdam' } as const;
  return `${dayText(moment, locale)} ${new Intl.DateTimeFormat(TAGS[locale], parts).format(new Date(moment))}`;
}
