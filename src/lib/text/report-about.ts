import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import type { ShownLevel } from '#lib/analysis/view-differences.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';
import { remembered } from './remembered.ts';

const MEANINGS = {
  insufficient: m.report_about_insufficient,
  contested: m.report_about_others_differ,
  blind_spot: m.report_about_self_higher,
  hidden_strength: m.report_about_hidden_strength,
  shared_strength: m.report_about_shared_strength,
  shared_growth: m.report_about_shared_growth,
  in_agreement: m.report_about_same,
} satisfies Record<AspectClass, unknown>;

/** What a class says, as a sentence (measurement.md §4); without the level it is about what is left of the differences. */
export const classMeaning = remembered(
  (aspectClass: AspectClass, level: ShownLevel, teachers: number, locale: Locale): string =>
    MEANINGS[aspectClass]({ teachers, level }, { locale }),
);

/**
 * A view's figure with the word of the scale: "2, zelden", "3,7, ongeveer meestal"; without a figure why there is none.
 * `labels` are the five words, from 1 up.
 */
export function markWords(
  mark: { value: number | null; text: string },
  labels: readonly string[],
  locale: Locale,
): string {
  if (mark.value === null) return mark.text;
  const word = labels[Math.round(mark.value) - 1] ?? '';
  const said = Number.isInteger(mark.value) ? word : m.report_about_nearly({ word }, { locale });
  return m.report_about_value({ value: mark.text, word: said }, { locale });
}
