import { levelMatters } from '#lib/analysis/elevation.ts';
import { PAIRS } from '#lib/analysis/types.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import { formatDifference, formatList } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { inSentence, pairWord } from '#lib/text/report-words.ts';

/** What the page says of the level difference over the whole list; null where none matters (measurement.md §4). */
export function shownLevel(
  { facts, level, figures }: SchoolReport,
  teachers: number,
  locale: Locale,
): ReportPage['level'] {
  if (!levelMatters(facts.elevation)) return null;
  const hint = m.report_level_hint({}, { locale });
  if (level === 'with') return { hint, isWithout: false, shown: m.report_level_shown_with({}, { locale }) };
  const levels = PAIRS.flatMap((pair) => {
    const { gap } = figures.overall.gaps[pair];
    return gap === null ? [] : `${inSentence(pairWord(pair, teachers, locale))} ${formatDifference(gap, locale)}`;
  });
  const shown = m.report_level_shown_without({ levels: formatList(levels, locale) }, { locale });
  return { hint, isWithout: true, shown };
}
