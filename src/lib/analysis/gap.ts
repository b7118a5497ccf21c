import { needed } from './coverage.ts';
import { meanOf } from './mean.ts';
import type { Score } from './types.ts';

/** `gap` is in scale points, −4 to 4, null when too few aspects are judged in both views; `common` counts those. */
export type Gap = { gap: number | null; common: number };

/** First minus second, aspect by aspect; null where one of the two is missing. */
export function differences(first: readonly Score[], second: readonly Score[]): (number | null)[] {
  return first.map((score, index) => {
    const other = second[index] ?? null;
    return score === null || other === null ? null : score - other;
  });
}

/**
 * Matched gap of two views over a group of aspects: the mean of first minus second over the aspects that both judged
 * (measurement.md §3). Both lists hold all aspects of the group, in the same order.
 */
export function matchedGap(first: readonly Score[], second: readonly Score[]): Gap {
  const matched = differences(first, second).filter((difference) => difference !== null);
  const enough = matched.length > 0 && matched.length >= needed(first.length);
  return { gap: enough ? meanOf(matched) : null, common: matched.length };
}
