import type { Told } from '#lib/components/programme/programme-page.ts';
import type { AmbitionReason, CourseReason } from '#lib/disclosure/cohort-reason.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CohortCourse } from '#lib/server/programmes/service.ts';
import type { SinceStart } from '#lib/server/reports/service.ts';
import { formatDifference, type Locale } from '#lib/text/numbers.ts';
import { reasonWord } from '#lib/text/report-reasons.ts';

/** What stands in place of such a figure. */
export function courseReasonWord(reason: CourseReason, locale: Locale): string {
  return reason === 'not_recorded' ? m.programme_not_recorded({}, { locale }) : reasonWord(reason, locale);
}

/** A withheld figure with its reason. */
export function withheld(reason: AmbitionReason = 'too_few_schools', locale: Locale): Told {
  const isFew = reason === 'too_few_aspects';
  const text = isFew ? m.programme_ambition_few_aspects({}, { locale }) : courseReasonWord(reason, locale);
  return { text, withheld: reason };
}

/** Whether what changed up to this round is over some reports only: those that this trainer reads. */
export function isPartRead({ rounds }: CohortCourse, { from, to }: SinceStart): boolean {
  return rounds.some(({ name, leftOut }) => leftOut !== null && (name === from || name === to));
}

/** An interval of differences in words; empty where there is none. */
export function intervalText(
  { low, high }: { low: number | null; high: number | null },
  locale: Locale,
  format: (value: number, locale: Locale) => string = formatDifference,
): string {
  if (low === null || high === null) return '';
  return m.dashboard_interval({ low: format(low, locale), high: format(high, locale) }, { locale });
}
