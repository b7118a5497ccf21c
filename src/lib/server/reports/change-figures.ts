import { benjaminiHochberg } from '#lib/analysis/benjamini-hochberg.ts';
import { CONSTANTS } from '#lib/analysis/constants.ts';
import { detectableChange } from '#lib/analysis/detectable.ts';
import { pairedChangeOf } from '#lib/analysis/paired-change.ts';
import { atMost } from '#lib/analysis/threshold.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import type { CohortReason, Dropped } from '#lib/disclosure/cohort-reason.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import type { ChangeSum, RoundChange } from './round-change.ts';
import { goneInside, readsAll, tellsOfOne, withheldBecause, type Gone, type SumsViewer } from './round-figures.ts';
import type { RoundSums, Sum } from './round-sums.ts';

/**
 * The change of one view on one competency over the `n` matched schools, later minus earlier in scale points, with its 95 %
 * interval and the standardised change g_av. `before` and `after` are the means of those schools. `no_variation`: every
 * school changed alike, so there is no interval. With any other status but `ok` all is null but the counts, for the
 * reason that is given. `detectable`: from what change on it would show itself at this size (analysis/detectable.ts).
 */
export type ChangeFigure = {
  view: View;
  competency: string;
  n: number;
  schools: number;
  status: 'ok' | 'no_variation' | 'too_few_schools' | 'suppressed';
  change: number | null;
  low: number | null;
  high: number | null;
  gAv: number | null;
  before: number | null;
  after: number | null;
  detectable: number | null;
  dropped: Partial<Record<Dropped, number>>;
  reason?: CohortReason;
  /**
   * How the schools in the change scored in the earlier round, and how those did that are in it no more (measurement.md §7);
   * null where either are fewer than five schools, so that nothing is told of a part that small.
   */
  earlier: { stayed: EarlierMean; left: EarlierMean } | null;
};

/** A mean over schools in the earlier of two rounds, 1–5, with how many school rounds and schools it is over. */
export type EarlierMean = { mean: number; n: number; schools: number };

/**
 * One aspect of which the chance of a false alarm was limited over all aspects of its view; `q` is 0–1. `difference` is null
 * where it would tell of a single school, beside the rounds' own means; which way it goes is said all the same.
 */
export type AspectDifference = {
  aspect: string;
  competency: string;
  view: View;
  difference: number | null;
  isHigher: boolean;
  q: number;
};

/** What a viewer may see of the change between two rounds. `tested` counts the aspects that could be tested, by view. */
export type ShownChange = {
  views: ChangeFigure[];
  aspects: AspectDifference[];
  tested: Record<View, number>;
  apart: string[];
};

/** What was summed of the two rounds by themselves. */
export type BothSums = { from: RoundSums; to: RoundSums };

/**
 * The change that this viewer may see, from what was stored of it (measurement.md §7, §9.6). Beside the means of either
 * round, the change over those in both would tell of the few who are in one only: then it is withheld (docs/decisions.md).
 */
export function shownChange(stored: RoundChange, both: BothSums, gone: Gone, viewer: SumsViewer): ShownChange {
  const tells = (view: View, find: (sums: RoundSums) => Sum | null, of: readonly number[], most: number) =>
    !readsAll(viewer) &&
    !viewer.totalsOnly &&
    (['from', 'to'] as const).some((end) => {
      const ids = new Set(of.map((place) => stored.units[place]?.[end]));
      const { units } = both[end];
      const part = { of: units.flatMap(({ schoolRoundId }, place) => (ids.has(schoolRoundId) ? [place] : [])) };
      return tellsOfOne(units, { view, whole: find(both[end]), part, most }, viewer);
    });
  const aspects = new Map(
    [both.from, both.to].map((sums) => [sums, new Map(sums.aspects.map((one) => [one.code, one]))]),
  );
  const ofAspect = (code: string, view: View) => (sums: RoundSums) => aspects.get(sums)?.get(code)?.views[view] ?? null;
  const ofCompetency = (row: ChangeSum) => (sums: RoundSums) =>
    sums.views.find((one) => one.view === row.view && one.competency === row.competency)?.sum ?? null;
  const most = ({ competency }: ChangeSum) =>
    stored.aspects.filter((one) => one.competency === competency).length < LIMITS.minAspectsOfMean
      ? Infinity
      : LIMITS.maxTellingSchools;
  const hidden = (of: readonly number[], view: View) => {
    const side = (end: 'from' | 'to') => stored.units.map((unit) => ({ ...unit, schoolRoundId: unit[end] }));
    return Math.max(goneInside(side('from'), of, [view], gone), goneInside(side('to'), of, [view], gone));
  };
  const tests = VIEWS.map((view) =>
    aspectTests(
      view,
      stored.aspects.flatMap(({ code, competency, views }) => {
        const sum = views[view];
        if (sum === null || withheldBecause(sum.schools, hidden(sum.of, view), viewer) !== null) return [];
        const isTold = !tells(view, ofAspect(code, view), sum.of, Infinity);
        return [{ aspect: code, competency, isTold, ...testOf(sum) }];
      }),
    ),
  );
  return {
    views: stored.views.map((row) =>
      changeFigure(row, hidden(row.of, row.view), {
        viewer,
        tells: tells(row.view, ofCompetency(row), row.of, most(row)),
      }),
    ),
    aspects: tests.flatMap(({ found }) => found),
    tested: testedByView(tests),
    apart: stored.apart,
  };
}

/** A test of one aspect: its difference, whether that may be told, and p; p is null where it cannot be tested. */
export type AspectTest = { aspect: string; competency: string; difference: number; isTold: boolean; p: number | null };

/** The aspects of one view that differ, with q ≤ .05 over the aspects that could be tested (§8), largest first. */
export function aspectTests(view: View, tests: readonly AspectTest[]) {
  const q = benjaminiHochberg(tests.map(({ p }) => p));
  const found = tests.flatMap(({ aspect, competency, difference, isTold }, index): AspectDifference[] => {
    const own = q[index] ?? null;
    if (own === null || !atMost(own, CONSTANTS.falseDiscovery)) return [];
    const told = isTold ? difference : null;
    return [{ aspect, competency, view, difference: told, isHigher: difference > 0, q: own }];
  });
  return { view, found, tested: q.filter((one) => one !== null).length };
}

export function testedByView(tests: readonly { view: View; tested: number }[]): Record<View, number> {
  const of = (view: View) => tests.find((one) => one.view === view)?.tested ?? 0;
  return { director: of('director'), ib: of('ib'), teacher: of('teacher') };
}

/** The paired test of an aspect needs the changes only. */
function testOf(sum: Sum): { difference: number; p: number | null } {
  const { p } = pairedChangeOf({ first: sum, second: sum, change: sum });
  return { difference: sum.mean, p };
}

function changeFigure(
  row: ChangeSum,
  hiddenInside: number,
  { viewer, tells }: { viewer: SumsViewer; tells: boolean },
): ChangeFigure {
  const { view, competency, sums, schools, dropped } = row;
  const found = pairedChangeOf(sums);
  const reason = withheldBecause(schools, hiddenInside, viewer) ?? (tells ? 'hidden_cells' : null);
  const counts = { view, competency, n: found.n, schools, dropped, earlier: earlierMeans(row, viewer) };
  if (sums === null || reason !== null || found.status === 'too_few_schools') {
    const status = reason === 'hidden_cells' ? ('suppressed' as const) : ('too_few_schools' as const);
    const none = { change: null, low: null, high: null, gAv: null, before: null, after: null, detectable: null };
    return { ...counts, status, ...none, reason: reason ?? 'too_few_schools' };
  }
  const { status, change, ciLow, ciHigh, gAv, mean1, mean2 } = found;
  const figures = { ...counts, status, change, gAv, before: mean1, after: mean2 };
  // Schools that all changed alike say nothing about how much others would differ (measurement.md §7).
  if (status === 'no_variation') return { ...figures, low: null, high: null, detectable: null };
  return { ...figures, low: ciLow, high: ciHigh, detectable: detectableChange(sums.change) };
}

/**
 * A group and a part of it have five schools between them (measurement.md §9.6): here each part of the earlier round. The parts
 * that two later rounds make of it may differ by one school, which so many hide (`maxTellingSchools`).
 */
function earlierMeans({ earlier }: ChangeSum, viewer: SumsViewer): ChangeFigure['earlier'] {
  const mean = (sum: Sum | null | undefined): EarlierMean | null => {
    if (!sum || withheldBecause(sum.schools, 0, viewer) !== null) return null;
    if (!readsAll(viewer) && sum.schools <= LIMITS.maxTellingSchools) return null;
    return { mean: sum.mean, n: sum.n, schools: sum.schools };
  };
  const [stayed, left] = [mean(earlier?.stayed), mean(earlier?.left)];
  return stayed && left && { stayed, left };
}
