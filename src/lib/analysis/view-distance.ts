import { needed } from './coverage.ts';
import { meanOf } from './mean.ts';
import type { Score } from './types.ts';

/** Two views in one round; both lists hold all aspects in the same order. */
export type TwoViews = { first: readonly Score[]; second: readonly Score[] };

/** Mean size of the difference of two views in an earlier and a later round, in scale points: 0 is alike everywhere. */
export type MatchedDistance = { from: number; to: number };

/**
 * How far two views of a school lie apart in two rounds: the mean absolute difference (measurement.md §8, MAD) over the
 * aspects that both judged in both rounds, so that like is laid beside like (§0.4). Null when that are fewer than the half
 * that a mean over the whole list needs (§2: 47 of 93).
 */
export function matchedDistance(earlier: TwoViews, later: TwoViews): MatchedDistance | null {
  const before = sizes(earlier);
  const after = sizes(later);
  const both = before.flatMap((from, index) => {
    const to = after[index] ?? null;
    return from === null || to === null ? [] : [{ from, to }];
  });
  if (both.length < needed(before.length)) return null;
  const from = meanOf(both.map((one) => one.from));
  const to = meanOf(both.map((one) => one.to));
  return from === null || to === null ? null : { from, to };
}

function sizes({ first, second }: TwoViews): Score[] {
  return first.map((score, index) => {
    const other = second[index] ?? null;
    return score === null || other === null ? null : Math.abs(score - other);
  });
}
