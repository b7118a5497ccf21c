import type { ReportPage } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import { formatDifference } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';

/** The IB'er's own look-back; null for anybody else, and where there is nothing to look back on. */
export function lookBackTable(
  { lookBack }: SchoolReport,
  titles: ReadonlyMap<string, string>,
  locale: Locale,
): ReportPage['lookBack'] {
  if (lookBack === null) return null;
  // Whole points: the scale question has no decimals.
  const points = (change: number | null) =>
    change === null ? null : formatDifference(change, locale).replace(/[.,]0$/, '');
  const answer = (value: number | null) => (value === null ? null : String(value));
  const rows = lookBack.rows.map(({ competency, start, then, now, conventional, adjusted, responseShift }) => ({
    title: titles.get(competency) ?? competency,
    figures: [answer(start), answer(then), answer(now), points(conventional), points(adjusted), points(responseShift)],
  }));
  return { since: lookBack.since, rows, sum: m.report_look_back_sum({}, { locale }) };
}
