import { median } from 'd3-array';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { differenceLane, limitOf } from '#lib/charts/difference-figure.ts';
import type { DifferenceFigure, DifferenceRow } from '#lib/charts/difference-figure.ts';
import type { ComparedAspect, Difference } from '#lib/components/compare/compare-page.ts';
import { mostlyUnseen } from '#lib/dashboard-page/facts.ts';
import type { CompareReason } from '#lib/disclosure/cohort-reason.ts';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import type { Competency, Instrument } from '#lib/instrument/schema.ts';
import { m } from '#lib/paraglide/messages.js';
import type { AspectDifference, CohortChange, CohortComparison } from '#lib/server/reports/service.ts';
import { compareReasonWord, viewSentence } from '#lib/text/compare-words.ts';
import { formatDifference, formatMean, type Locale } from '#lib/text/numbers.ts';
import { reasonWord } from '#lib/text/report-reasons.ts';
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
    sentences: rows.every(({ reason }) => reason === 'part_asked') ? [pulseNote(found, locale)] : part.sentences,
    figure: {
      ...part.figure,
      caption: m.compare_other_caption({ cohort, other }, { locale }),
    },
    tested: testedOf(found.tested),
    apart: found.apart.length,
    dropped: null,
  };
}

/** Said once, in place of the same reason for each view. */
function pulseNote({ here, other }: CohortComparison, locale: Locale): string {
  if (here.isPulse && other.isPulse) return m.compare_pulse_note_both({}, { locale });
  const { name } = here.isPulse ? here : other;
  return m.compare_pulse_note({ round: name }, { locale });
}

function partOf(
  rows: readonly Row[],
  aspects: readonly AspectDifference[],
  instrument: Instrument,
  other: string | null,
  locale: Locale,
) {
  const figure = figureOf(rows, instrument, locale);
  const usual = median(rows.flatMap(({ detectable }) => detectable ?? []));
  const laneOf = (view: View) =>
    figure.rows.flatMap(({ title, lanes }) => {
      const lane = lanes.find((one) => one.view === view);
      return lane ? [{ title, lane }] : [];
    });
  return {
    sentences: VIEWS.map((view) => viewSentence(view, laneOf(view), other, locale)),
    figure,
    isShown: rows.some(({ difference }) => difference !== null),
    hasHidden: rows.some(({ reason }) => reason === 'hidden_cells'),
    intervals: rows.filter(({ low }) => low !== null).length,
    detectable: usual === undefined ? null : formatMean(usual, locale),
    aspects: comparedAspects(aspects, instrument, locale),
  };
}

function figureOf(
  rows: readonly Row[],
  { competencies }: Instrument,
  locale: Locale,
): Omit<DifferenceFigure, 'caption'> {
  const byView = new Map(rows.map((row) => [`${row.view} ${row.competency}`, row]));
  const drawn = competencies.flatMap((competency): DifferenceRow[] => {
    const { code, title } = competency;
    const lanes = VIEWS.flatMap((view) => {
      const row = byView.get(`${view} ${code}`);
      return row ? [differenceLane(view, row, missing(row, competency, locale), locale)] : [];
    });
    return lanes.length === 0 ? [] : [{ code, title: title[locale], lanes }];
  });
  const ends = { low: m.compare_end_lower({}, { locale }), high: m.compare_end_higher({}, { locale }) };
  return { name: 'differences', limit: limitOf(drawn), ends, rows: drawn };
}

/** What stands in place of a difference; of a role that normally does not see it, that is why few schools have a score. */
function missing({ view, count, reason = 'too_few_schools' }: Row, competency: Competency, locale: Locale) {
  if (reason === 'too_few_schools' && mostlyUnseen(competency, view)) {
    const unseen = 'not_visible_for_role';
    return { count, why: reasonWord(unseen, locale), reason: unseen };
  }
  return { count, why: compareReasonWord(reason, locale), reason };
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
