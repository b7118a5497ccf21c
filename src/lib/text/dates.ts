import { getLocale } from '#lib/paraglide/runtime.js';

/** A stored time (ISO-8601, UTC) as the day it was in the Netherlands: dd-mm-jjjj in Dutch, dd/mm/yyyy in English. */
export function dayText(iso: string, locale: 'nl' | 'en' = getLocale()): string {
  return new Intl.DateTimeFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'Europe/Amsterdam',
  }).format(new Date(iso));
}
