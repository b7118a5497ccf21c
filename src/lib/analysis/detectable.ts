import quantile from '@stdlib/stats-base-dists-t-quantile';
import { CONSTANTS } from './constants.ts';
import type { Summary } from './summary.ts';

/**
 * From what size on a difference of two groups would show itself in four of five samples (80 % power, two-sided 5 %), in
 * scale points: (t.975 + t.80) · s · √(1/n₁ + 1/n₂) at n₁ + n₂ − 2 degrees of freedom, s the pooled standard deviation
 * (measurement.md §8: at 12 and 12 with s = 0.5 it is 0.6). Null below the schools that an interval needs.
 */
export function detectableDifference(first: Summary, second: Summary): number | null {
  if (Math.min(first.n, second.n) < CONSTANTS.intervalMinSchools) return null;
  const df = first.n + second.n - 2;
  const squares = (first.n - 1) * (first.sd ?? 0) ** 2 + (second.n - 1) * (second.sd ?? 0) ** 2;
  return reach(df) * Math.sqrt((squares / df) * (1 / first.n + 1 / second.n));
}

/** The same for a change over matched schools: (t.975 + t.80) · s / √n at n − 1, s the standard deviation of the changes. */
export function detectableChange(change: Summary): number | null {
  if (change.n < CONSTANTS.intervalMinSchools) return null;
  return (reach(change.n - 1) * (change.sd ?? 0)) / Math.sqrt(change.n);
}

function reach(df: number): number {
  return quantile((1 + CONSTANTS.confidence) / 2, df) + quantile(CONSTANTS.power, df);
}
