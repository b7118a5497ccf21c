import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { Localized } from '#lib/instrument/types.ts';
import { remembered } from './remembered.ts';

export type Locale = keyof Localized;

const TAGS: Readonly<Record<Locale, string>> = { nl: 'nl-NL', en: 'en-GB' };

const ONE_DECIMAL = { minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
const OPTIONS = {
  score: { maximumFractionDigits: 1 },
  mean: ONE_DECIMAL,
  difference: { ...ONE_DECIMAL, signDisplay: 'exceptZero' },
} as const satisfies Record<string, Intl.NumberFormatOptions>;

/** A formatter is made once: making one takes longer than writing fifty numbers, and a report has a thousand. */
const numberFormat = remembered((kind: keyof typeof OPTIONS, locale: Locale) => {
  return new Intl.NumberFormat(TAGS[locale], OPTIONS[kind]);
});

/** A score of an aspect, 1–5, as a screen shows it: one decimal where there is one ("5", "3,8"). */
export function formatScore(score: number, locale: Locale): string {
  return format('score', score, locale);
}

/** The mean of a group of aspects, 1–5: always one decimal ("4,0"). */
export function formatMean(mean: number, locale: Locale): string {
  return format('mean', mean, locale);
}

/** A difference in scale points, with its sign ("+0,5", "−0,3", "0,0"). */
export function formatDifference(difference: number, locale: Locale): string {
  return format('difference', difference, locale).replace('-', '−');
}

/** Words in a row: "a, b en c". */
export function formatList(words: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(TAGS[locale], { type: 'conjunction' }).format(words);
}

function format(kind: keyof typeof OPTIONS, value: number, locale: Locale): string {
  return numberFormat(kind, locale).format(roundForDisplay(value));
}
