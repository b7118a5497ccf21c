import { CONSTANTS } from './constants.ts';
import { differences, matchedGap } from './gap.ts';
import { meanOf } from './mean.ts';
import { atLeast } from './threshold.ts';
import type { Score } from './types.ts';

/** Words for a school's change: coarse on purpose, one school has no significance test (measurement.md §7). */
export type ChangeBand = 'no_clear_change' | 'clearly_higher' | 'clearly_lower';

/**
 * `change` is later minus earlier in scale points over the `common` aspects that were judged in both rounds; `from` and
 * `to` are the means over those same aspects. All null when `common` is below the coverage.
 */
export type MatchedChange = { from: Score; to: Score; change: number | null; common: number };

/** Change of one view between two rounds (measurement.md §7). Both lists hold the same aspects in the same order. */
export function matchedChange(earlier: readonly Score[], later: readonly Score[]): MatchedChange {
  const { gap, common } = matchedGap(later, earlier);
  if (gap === null) return { from: null, to: null, change: null, common };
  const matched = differences(later, earlier);
  const inBoth = (scores: readonly Score[]) => scores.filter((_, index) => matched[index] !== null);
  return { from: meanOf(inBoth(earlier)), to: meanOf(inBoth(later)), change: gap, common };
}

/** The band of a change in scale points (measurement.md §7). */
export function changeBand(change: number): ChangeBand {
  if (!atLeast(Math.abs(change), CONSTANTS.changeThreshold)) return 'no_clear_change';
  return change > 0 ? 'clearly_higher' : 'clearly_lower';
}
