import { PAIRS, PAIR_VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import type { PairGap, TriptychCompetency } from '#lib/charts/triptych-figure.ts';
import type { NumberRow } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDifference, formatMean } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { reasonWord } from '#lib/text/report-reasons.ts';

/** The figures under the triptych: of the views that the list asks scores and gaps a competency, and the gaps over the whole list. */
export function numberRows(
  competencies: readonly TriptychCompetency[],
  overall: Readonly<Record<Pair, PairGap>>,
  asked: readonly View[],
  locale: Locale,
): NumberRow[] {
  const pairs = PAIRS.filter((pair) => PAIR_VIEWS[pair].every((view) => asked.includes(view)));
  const rows = competencies.map(({ title, aspects, views, gaps }): NumberRow => ({
    title,
    scores: asked.map((view) => {
      const { score, judged, reason = 'not_judged' } = views[view];
      if (score === null) return { view, text: reasonWord(reason, locale), of: '', withheld: reason };
      const of = m.report_of_aspects({ judged, aspects }, { locale });
      return { view, text: formatMean(score, locale), of, withheld: null };
    }),
    gaps: pairs.map((pair) => gapCell(pair, gaps[pair], locale)),
  }));
  const level = pairs.map((pair) => gapCell(pair, overall[pair], locale));
  if (pairs.length === 0) return rows;
  return [...rows, { title: m.report_level_row({}, { locale }), scores: [], gaps: level }];
}

function gapCell(
  pair: Pair,
  { gap, common, reason = 'not_judged' }: PairGap,
  locale: Locale,
): NumberRow['gaps'][number] {
  if (gap !== null) return { pair, text: formatDifference(gap, locale), common, withheld: null };
  const text = m.report_not_comparable({ reason: reasonWord(reason, locale) }, { locale });
  return { pair, text, common: null, withheld: reason };
}
