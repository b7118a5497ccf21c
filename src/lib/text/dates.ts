import type { Locale } from './numbers.ts';

const TAGS: Readonly<Record<Locale, string>> = { nl: 'nl-NL', en: 'en-GB' };

/** The day of a moment (ISO 8601) in Amsterdam: dd-mm-jjjj, in English dd/mm/yyyy. Throws for what is no moment. */
export function dayText(moment: string, locale: Locale): string {
  const parts = { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'Europe/Amsterdam' } as const;
  return new Intl.DateTimeFormat(TAGS[locale], parts).format(new Date(moment));
}
