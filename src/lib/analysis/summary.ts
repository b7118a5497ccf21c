import quantile from '@stdlib/stats-base-dists-t-quantile';
import { deviation, mean } from 'd3-array';
import { CONSTANTS } from './constants.ts';
import { atMost } from './threshold.ts';

/** What is left of a group of values: how many, their mean, and their standard deviation (n − 1); null for one value. */
export type Summary = { n: number; mean: number; sd: number | null };

/** The summary of values in scale points; null when there is none. */
export function summaryOf(values: readonly number[]): Summary | null {
  const middle = mean(values);
  return middle === undefined ? null : { n: values.length, mean: middle, sd: deviation(values) ?? null };
}

/** An interval in scale points, low end first. */
export type Interval = { low: number; high: number };

/** The 95 % t-interval of a mean with this standard error (measurement.md §7). `df` may be a fraction. */
export function intervalOf(middle: number, se: number, df: number): Interval {
  const reach = quantile((1 + CONSTANTS.confidence) / 2, df) * se;
  return { low: middle - reach, high: middle + reach };
}

/**
 * The 95 % t-interval of a mean over schools; null below the number that it needs (measurement.md §11), and where all values
 * are alike: without a spread there is nothing to make it of.
 */
export function meanInterval({ n, mean: middle, sd }: Summary): Interval | null {
  // A spread that is only rounding noise counts as none.
  if (n < CONSTANTS.intervalMinSchools || sd === null || atMost(sd, 0)) return null;
  return intervalOf(middle, sd / Math.sqrt(n), n - 1);
}
