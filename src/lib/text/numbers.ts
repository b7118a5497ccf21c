import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { Localized } from '#lib/instrument/types.ts';

export type Locale = keyof Localized;

const TAGS: Readonly<Record<Locale, string>> = { nl: 'nl-NL', en: 'en-GB' };

/** A score of an aspect, 1–5, as a screen shows it: one decimal where there is one ("5", "3,8"). */
export function formatScore(score: number, locale: Locale): string {
  return format(score, locale, { maximumFractionDigits: 1 });
}

/** The mean of a group of aspects, 1–5: always one decimal ("4,0"). */
export function formatMean(mean: number, locale: Locale): string {
  return format(mean, locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** A difference in scale points, with its sign ("+0,5", "−0,3", "0,0"). */
export function formatDifference(difference: number, locale: Locale): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' } as const;
  return format(difference, locale, digits).replace('-', '−');
}

/** Words in a row: "a, b en c". */
export function formatList(words: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(TAGS[locale], { type: 'conjunction' }).format(words);
}

function format(value: number, locale: Locale, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(TAGS[locale], options).format(roundForDisplay(value));
}
