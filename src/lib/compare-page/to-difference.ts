import { median } from 'd3-array';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { differenceLane, limitOf } from '#lib/charts/difference-figure.ts';
import type { DifferenceFigure } from '#lib/charts/difference-figure.ts';
import type { ComparedAspect, Difference } from '#lib/components/compare/compare-page.ts';
import type { CompareReason } from '#lib/disclosure/cohort-reason.ts';
import { aspectsOf } from '#lib/instrument/schema.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { m } from '#lib/paraglide/messages.js';
import type { AspectDifference, CohortChange, CohortComparison } from '#lib/server/reports/service.ts';
import { compareReasonWord, viewSentence } from '#lib/text/compare-words.ts';
import { formatDifference, formatMean, type Locale } from '#lib/text/numbers.ts';
import { droppedRows } from './to-dropped.ts';

/** A difference of one view on one competency, of a change and of two cohorts alike. */
type Row = {
  view: View;
  competency: string;
  difference: number | null;
  low: number | null;
  high: number | null;
  detectable: number | null;
  count: string;
  reason?: CompareReason | undefined;
};

/** The change between two rounds of a cohort as the page shows it. */
export function changePart(change: CohortChange, instrument: Instrument, locale: Locale): Difference {
  const [from, to] = [change.from.name, change.to.name];
  const rows = change.views.map((row): Row => {
    const { view, competency, low, high, detectable, reason } = row;
    const count = m.dashboard_schools_count({ count: row.n }, { locale });
    return { view, competency, difference: row.change, low, high, detectable, count, reason };
  });
  const part = partOf(rows, change.aspects, instrument, null, locale);
  return {
    kind: 'change',
    title: m.compare_heading_change({ from, to }, { locale }),
    lead: m.compare_change_lead({}, { locale }),
    ...part,
    figure: {
      ...part.figure,
      caption: m.compare_change_caption({ from, to }, { locale }),
    },
    tested: testedOf(change.tested),
    apart: change.apart.length,
    dropped: droppedRows(change.views, locale),
  };
}

/** Two cohorts beside each other as the page shows them. */
export function comparisonPart(found: CohortComparison, instrument: Instrument, locale: Locale): Difference {
  // Another moment of the programme may be most of the difference, so it is named.
  const isSameMoment = found.here.name === found.other.name;
  const named = ({ cohort, name }: CohortComparison['here']) =>
    isSameMoment ? cohort.name : m.compare_round_option({ cohort: cohort.name, round: name }, { locale });
  const [cohort, other] = [named(found.here), named(found.other)];
  const rows = found.views.map((row): Row => {
    const { view, competency, difference, low, high, detectable, reason } = row;
    const count = m.compare_schools_each({ here: row.n, there: row.otherN }, { locale });
    return { view, competency, difference, low, high, detectable, count, reason };
  });
  const part = partOf(rows, found.aspects, instrument, other, locale);
  return {
    kind: 'other',
    title: m.compare_heading_other({ cohort, other }, { locale }),
    lead: m.compare_other_lead({}, { locale }),
    ...part,
    figure: {
      ...part.figure,
      caption: m.compare_other_caption({ cohort, other }, { locale }),
    },
    tested: testedOf(found.tested),
    apart: found.apart.length,
    dropped: null,
  };
}

function partOf(
  rows: readonly Row[],
  aspects: readonly AspectDifference[],
  instrument: Instrument,
  other: string | null,
  locale: Locale,
) {
  const titles = new Map(instrument.competencies.map(({ code, title }) => [code, title[locale]]));
  const said = rows.map((row) => ({ ...row, title: titles.get(row.competency) ?? row.competency }));
  const usual = median(rows.flatMap(({ detectable }) => detectable ?? []));
  return {
    sentences: VIEWS.map((view) =>
      viewSentence(
        said.filter((row) => row.view === view),
        other,
        locale,
      ),
    ),
    figure: figureOf(rows, titles, locale),
    intervals: rows.filter(({ low }) => low !== null).length,
    detectable: usual === undefined ? null : formatMean(usual, locale),
    aspects: comparedAspects(aspects, instrument, locale),
  };
}

function figureOf(
  rows: readonly Row[],
  titles: ReadonlyMap<string, string>,
  locale: Locale,
): Omit<DifferenceFigure, 'caption'> {
  const drawn = [...new Set(rows.map(({ competency }) => competency))].map((code) => ({
    code,
    title: titles.get(code) ?? code,
    lanes: VIEWS.flatMap((view) => {
      const row = rows.find((one) => one.competency === code && one.view === view);
      if (!row) return [];
      const reason = row.reason ?? 'too_few_schools';
      return differenceLane(view, row, { count: row.count, why: compareReasonWord(reason, locale), reason }, locale);
    }),
  }));
  const ends = { low: m.compare_end_lower({}, { locale }), high: m.compare_end_higher({}, { locale }) };
  return { name: 'differences', limit: limitOf(drawn), ends, rows: drawn };
}

/** Largest difference first, each aspect once; its statement as others read it. */
function comparedAspects(found: readonly AspectDifference[], instrument: Instrument, locale: Locale): ComparedAspect[] {
  const statements = new Map(
    instrument.competencies.flatMap(aspectsOf).map(({ code, other }) => [code, other[locale]] as const),
  );
  const size = (rows: readonly AspectDifference[]) =>
    Math.max(...rows.map(({ difference }) => Math.abs(difference ?? 0)));
  return [...Map.groupBy(found, ({ aspect }) => aspect)]
    .toSorted(([, one], [, other]) => size(other) - size(one))
    .map(([code, rows]) => ({
      code,
      statement: statements.get(code) ?? code,
      views: rows.map((row) => ({ view: row.view, text: differenceText(row, locale) })),
    }));
}

function differenceText({ difference, isHigher }: AspectDifference, locale: Locale): string {
  if (difference !== null) return formatDifference(difference, locale);
  return isHigher ? m.compare_end_higher({}, { locale }) : m.compare_end_lower({}, { locale });
}

function testedOf(tested: Readonly<Record<View, number>>): number {
  return VIEWS.reduce((sum, view) => sum + tested[view], 0);
}
