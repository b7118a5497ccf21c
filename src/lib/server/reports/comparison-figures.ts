import { detectableDifference } from '#lib/analysis/detectable.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { welchOf } from '#lib/analysis/welch.ts';
import type { CohortReason, CompareReason } from '#lib/disclosure/cohort-reason.ts';
import { groupsShown } from '#lib/disclosure/cohort-figure.ts';
import { aspectTests, testedByView, type AspectDifference, type AspectTest } from './change-figures.ts';
import { goneInside, withheldBecause, type Gone, type SumsViewer } from './round-figures.ts';
import type { RoundSums, Sum } from './round-sums.ts';

/**
 * The other cohort minus this one, of one view on one competency, in scale points with its 95 % Welch interval. Without
 * variation there is a difference but no interval. Null otherwise has a reason; the counts are always there.
 */
export type DifferenceFigure = {
  view: View;
  competency: string;
  n: number;
  otherN: number;
  mean: number | null;
  otherMean: number | null;
  difference: number | null;
  low: number | null;
  high: number | null;
  /** From what difference on it would show itself at this size (analysis/detectable.ts). */
  detectable: number | null;
  reason?: CompareReason;
};

/** What a viewer may see of two rounds of different cohorts beside each other. */
export type ShownComparison = {
  views: DifferenceFigure[];
  aspects: AspectDifference[];
  tested: Record<View, number>;
  /** Aspects of either list that are not the same in the other. */
  apart: string[];
};

/** One of the two rounds, as it was stored, and who looks at it. */
export type ComparedRound = { sums: RoundSums; gone: Gone; viewer: SumsViewer };

/** Two cohorts beside each other (measurement.md §8); `same` are the codes of the aspects that both lists have alike. */
export function shownComparison(here: ComparedRound, there: ComparedRound, same: ReadonlySet<string>): ShownComparison {
  const [codes, otherCodes] = [codesByCompetency(here.sums), codesByCompetency(there.sums)];
  /** Why a whole competency cannot be compared: other words, or one of the two asked only some of the same aspects (a pulse). */
  const unlike = (competency: string): CompareReason | null => {
    const [own, other] = [codes.get(competency) ?? new Set(), otherCodes.get(competency) ?? new Set()];
    if (!own.union(other).isSubsetOf(same)) return 'other_aspects';
    return own.symmetricDifference(other).size === 0 ? null : 'part_asked';
  };
  const other = new Map(there.sums.views.map((row) => [`${row.view} ${row.competency}`, row.sum]));
  const tests = VIEWS.map((view) => aspectTests(view, testsOf(view, here, there, same)));
  return {
    views: here.sums.views.map(({ view, competency, sum }) => {
      const found = other.get(`${view} ${competency}`) ?? null;
      const reason = unlike(competency) ?? reasonFor(view, [here, sum], [there, found]);
      return { view, competency, ...difference(sum, found, reason) };
    }),
    aspects: tests.flatMap(({ found }) => found),
    tested: testedByView(tests),
    apart: [...new Set([...codes.values(), ...otherCodes.values()].flatMap((own) => [...own]))].filter(
      (code) => !same.has(code),
    ),
  };
}

function testsOf(view: View, here: ComparedRound, there: ComparedRound, same: ReadonlySet<string>): AspectTest[] {
  const others = new Map(there.sums.aspects.map(({ code, views }) => [code, views[view]]));
  return here.sums.aspects.flatMap(({ code, competency, views }): AspectTest[] => {
    const [sum, other] = [views[view], others.get(code) ?? null];
    if (!same.has(code) || reasonFor(view, [here, sum], [there, other]) !== null) return [];
    const { p, difference: found } = welchOf(sum, other);
    return found === null ? [] : [{ aspect: code, competency, difference: found, isTold: true, p }];
  });
}

type Side = [ComparedRound, Sum | null];

/** Both sides must be figures that may be shown, and so must be what one has beyond the other. */
function reasonFor(view: View, one: Side, other: Side): CohortReason | null {
  for (const [{ sums, gone, viewer }, sum] of [one, other]) {
    const reason = withheldBecause(sum?.schools ?? 0, goneInside(sums.units, sum?.of ?? [], [view], gone), viewer);
    if (reason !== null) return reason;
  }
  return groupsShown(schoolsOf(one), schoolsOf(other)) ? null : 'too_few_schools';
}

function schoolsOf([{ sums }, sum]: Side): Set<string> {
  return new Set((sum?.of ?? []).flatMap((index) => sums.units[index]?.school ?? []));
}

function difference(sum: Sum | null, other: Sum | null, reason: CompareReason | null) {
  const counts = { n: sum?.n ?? 0, otherN: other?.n ?? 0 };
  if (sum === null || other === null || reason !== null) {
    const none = { mean: null, otherMean: null, difference: null, low: null, high: null, detectable: null };
    return { ...counts, ...none, reason: reason ?? ('too_few_schools' as const) };
  }
  const found = welchOf(sum, other);
  return {
    ...counts,
    mean: found.mean1,
    otherMean: found.mean2,
    difference: found.difference,
    low: found.ciLow,
    high: found.ciHigh,
    detectable: found.ciLow === null ? null : detectableDifference(sum, other),
  };
}

function codesByCompetency({ aspects }: RoundSums): Map<string, Set<string>> {
  const codes = new Map<string, Set<string>>();
  for (const { code, competency } of aspects) {
    codes.set(competency, (codes.get(competency) ?? new Set<string>()).add(code));
  }
  return codes;
}
