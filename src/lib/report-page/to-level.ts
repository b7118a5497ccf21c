import { levelMatters } from '#lib/analysis/elevation.ts';
import { PAIRS } from '#lib/analysis/types.ts';
import { levelTakenOff } from '#lib/analysis/view-differences.ts';
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
  const takenOff = levelTakenOff(figures.overall.gaps);
  const levels = PAIRS.flatMap((pair) => {
    const gap = takenOff[pair];
    if (gap === null) return [];
    const said = `${inSentence(pairWord(pair, teachers, locale))} ${formatDifference(gap, locale)}`;
    return figures.overall.gaps[pair].gap === null ? m.report_level_follows({ said }, { locale }) : said;
  });
  const shown = m.report_level_shown_without({ levels: formatList(levels, locale) }, { locale });
  return { hint, isWithout: true, shown };
}
