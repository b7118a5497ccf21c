import { CONSTANTS } from '#lib/analysis/constants.ts';
import { atLeast } from '#lib/analysis/threshold.ts';
import type { Pair } from '#lib/analysis/types.ts';

/** The gap of a pair of views over schools, in scale points; null where it may not be shown or there is none. */
type CompetencyGap = { competency: string; pair: Pair; mean: number | null };

/** Where the views of a cohort stand: furthest apart somewhere, alike everywhere, or nothing that can be compared. */
export type CohortHeadline =
  { kind: 'apart'; competency: string; pair: Pair } | { kind: 'alike' } | { kind: 'nothing' };

/**
 * What the first sentence about a cohort says: the competency and the pair of views with the largest mean gap, if that is
 * a clear one (half a point, measurement.md §4); of equal ones the first. From shown gaps only.
 */
export function cohortHeadline(gaps: readonly CompetencyGap[]): CohortHeadline {
  const compared = gaps.flatMap(({ mean, ...gap }) => (mean === null ? [] : [{ ...gap, size: Math.abs(mean) }]));
  const [widest] = compared.toSorted((a, b) => b.size - a.size);
  if (!widest) return { kind: 'nothing' };
  if (!atLeast(widest.size, CONSTANTS.competencyThreshold)) return { kind: 'alike' };
  return { kind: 'apart', competency: widest.competency, pair: widest.pair };
}
