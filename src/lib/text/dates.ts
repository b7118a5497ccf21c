import type { Locale } from './numbers.ts';

const parts = { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'Europe/Amsterdam' } as const;
// Made once: making one takes as long as a query, and a round's page names sixty days.
const FORMATS: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  nl: new Intl.DateTimeFormat('nl-NL', parts),
  en: new Intl.DateTimeFormat('en-GB', parts),
};

/** The day of a moment (ISO 8601) in Amsterdam: dd-mm-jjjj, in English dd/mm/yyyy. Throws for what is no moment. */
export function dayText(moment: string, locale: Locale): string {
  return FORMATS[locale].format(new Date(moment));
}
