import { remembered } from './remembered.ts';
import type { Locale } from './numbers.ts';

const format = remembered(
  (locale: Locale) => new Intl.NumberFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', { style: 'percent' }),
);

/** A share (0–1) in whole per cents: "34%". */
export function formatShare(share: number, locale: Locale): string {
  return format(locale).format(share);
}

const ratio = remembered(
  (locale: Locale) =>
    new Intl.NumberFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
);

/** A measure from 0 to 1 that is no share of anything, in two decimals: "0,73". */
export function formatRatio(value: number, locale: Locale): string {
  return ratio(locale).format(value);
}
