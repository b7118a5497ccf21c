import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import type { MeaningCause, Reading } from '#lib/analysis/reading.ts';
import type { ShownLevel } from '#lib/analysis/view-differences.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';
import { capital, classWord } from './report-words.ts';

const TALKS = {
  check_meaning: [m.report_card_meaning, m.report_card_meaning_intro, m.report_ask_meaning],
  not_observed: [m.report_card_unseen, m.report_card_unseen_intro, m.report_ask_unseen],
  seen_differently: [m.report_card_differ, m.report_card_differ_intro, m.report_ask_differ],
  shared_view: [m.report_card_shared, m.report_card_shared_intro, m.report_ask_shared],
} as const satisfies Record<Exclude<Reading, 'insufficient'>, unknown>;

/** What a card says of a reading: what to talk about, what it means, and the question to ask (measurement.md §5). */
export function talkTexts(
  reading: keyof typeof TALKS,
  level: ShownLevel,
  locale: Locale,
): { title: string; intro: string; question: string } {
  const [title, intro, question] = TALKS[reading];
  return { title: title({}, { locale }), intro: intro({ level }, { locale }), question: question({}, { locale }) };
}

/** Why an aspect is read as it is, as a sentence; null where too little was judged to read it. */
export function whyRead(
  aspect: { reading: Reading; class: AspectClass; meaning: readonly MeaningCause[] },
  level: ShownLevel,
  teachers: number,
  locale: Locale,
): string | null {
  if (aspect.reading === 'insufficient') return null;
  if (aspect.reading === 'check_meaning' || aspect.reading === 'not_observed') {
    return whyListed(aspect, teachers, locale);
  }
  return talkTexts(aspect.reading, level, locale).intro;
}

/** Why an aspect is on its card, never who caused it; `meaning` tells what made its meaning come first. */
export function whyListed(
  aspect: { reading: Reading; class: AspectClass; meaning: readonly MeaningCause[] },
  teachers: number,
  locale: Locale,
): string {
  if (aspect.reading === 'check_meaning') return aspect.meaning.map((cause) => meaningText(cause, locale)).join(' ');
  if (aspect.reading === 'not_observed') return m.report_why_unseen({}, { locale });
  return `${capital(classWord(aspect.class, teachers, locale))}.`;
}

function meaningText(cause: MeaningCause, locale: Locale): string {
  switch (cause) {
    case 'flagged':
      return m.report_why_flagged({}, { locale });
    case 'cohort_unclear':
      return m.report_why_cohort_unclear({}, { locale });
    case 'cohort_differs':
      return m.report_why_cohort_differs({}, { locale });
  }
}
