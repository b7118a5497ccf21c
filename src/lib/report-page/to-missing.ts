import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { isThere, whyMissing } from '#lib/text/report-answered.ts';
import type { Answered } from '#lib/text/report-answered.ts';
import { columnWord } from '#lib/text/report-words.ts';

/** What there is, and what is missing and why, where fewer than two views can be shown; null where there are two. */
export function missingOf(
  { figures }: Pick<SchoolReport, 'figures'>,
  views: Readonly<Record<View, Answered>>,
  teachers: number,
  locale: Locale,
): ReportPage['missing'] {
  if (VIEWS.filter((view) => isThere(views[view])).length > 1) return null;
  const told = VIEWS.map((view) => {
    const label = columnWord(view, teachers, locale);
    const why = whyMissing(view, views[view], locale);
    return { view, label, ...(why ?? { text: m.report_missing_there({}, { locale }), withheld: null }) };
  });
  return {
    views: told,
    hasFigures: figures.aspects.some(({ views: of }) => VIEWS.some((view) => of[view].score !== null)),
    next: m.report_missing_next({}, { locale }),
  };
}
