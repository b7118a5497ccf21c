import { CONSTANTS } from '#lib/analysis/constants.ts';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import { atLeast } from '#lib/analysis/threshold.ts';
import { PAIRS, PAIR_VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';

/** The mean of a view over schools on a competency, 1–5; null where it may not be shown or there is none. */
type CompetencyMean = { competency: string; view: View; mean: number | null };

/** Where the views of a cohort stand: furthest apart somewhere, alike everywhere, or nothing that can be compared. */
export type CohortHeadline =
  { kind: 'apart'; competency: string; pair: Pair } | { kind: 'alike' } | { kind: 'nothing' };

/**
 * What the first sentence about a cohort says: the competency and the pair of views whose means lie furthest apart, if that is
 * half a point (measurement.md §4); of equal ones the first. It is about the means as they are shown, with one decimal: a
 * sentence beside figures that say otherwise would have the reader doubt both (docs/decisions.md).
 */
export function cohortHeadline(means: readonly CompetencyMean[]): CohortHeadline {
  const shown = new Map(
    means.flatMap(({ competency, view, mean }) =>
      mean === null ? [] : [[`${view} ${competency}`, roundForDisplay(mean)] as const],
    ),
  );
  const compared = [...new Set(means.map(({ competency }) => competency))].flatMap((competency) =>
    PAIRS.flatMap((pair) => {
      const [one, other] = PAIR_VIEWS[pair].map((view) => shown.get(`${view} ${competency}`));
      if (one === undefined || other === undefined) return [];
      return [{ competency, pair, size: roundForDisplay(Math.abs(one - other)) }];
    }),
  );
  const [widest] = compared.toSorted((a, b) => b.size - a.size);
  if (!widest) return { kind: 'nothing' };
  if (!atLeast(widest.size, CONSTANTS.competencyThreshold)) return { kind: 'alike' };
  return { kind: 'apart', competency: widest.competency, pair: widest.pair };
}
