import cdf from '@stdlib/stats-base-dists-t-cdf';
import { CONSTANTS } from './constants.ts';
import { present } from './mean.ts';
import { intervalOf, summaryOf } from './summary.ts';
import type { Summary } from './summary.ts';
import { atMost } from './threshold.ts';
import type { Score } from './types.ts';

/**
 * Difference of two groups of schools. `difference` is second minus first in scale points, `ciLow` and `ciHigh` its
 * 95 % Welch interval. `too_few_schools`: all figures but the counts are null; `no_variation`: means and difference only.
 * `p` is for the correction over aspects only.
 */
export type WelchComparison = {
  n1: number;
  n2: number;
  status: 'ok' | 'no_variation' | 'too_few_schools';
  mean1: number | null;
  mean2: number | null;
  difference: number | null;
  se: number | null;
  df: number | null;
  t: number | null;
  p: number | null;
  ciLow: number | null;
  ciHigh: number | null;
};

const NO_TEST = { se: null, df: null, t: null, p: null, ciLow: null, ciHigh: null };

/** Welch comparison of two groups (measurement.md §8). Values that are null do not count. */
export function welch(first: readonly Score[], second: readonly Score[]): WelchComparison {
  return welchOf(summaryOf(present(first)), summaryOf(present(second)));
}

/** The same from what is stored of the groups: n, mean and sd are all that it takes. Null is a group without values. */
export function welchOf(first: Summary | null, second: Summary | null): WelchComparison {
  const counts = { n1: first?.n ?? 0, n2: second?.n ?? 0 };
  if (first === null || second === null || Math.min(counts.n1, counts.n2) < CONSTANTS.intervalMinSchools) {
    return { ...counts, ...NO_TEST, status: 'too_few_schools', mean1: null, mean2: null, difference: null };
  }
  const difference = second.mean - first.mean;
  const means = { mean1: first.mean, mean2: second.mean, difference };
  const [v1, v2] = [squaredError(first), squaredError(second)];
  const se = Math.sqrt(v1 + v2);
  // A spread that is only rounding noise counts as none.
  if (atMost(se, 0)) return { ...counts, ...means, ...NO_TEST, status: 'no_variation' };

  const df = (v1 + v2) ** 2 / (v1 ** 2 / (first.n - 1) + v2 ** 2 / (second.n - 1));
  const t = difference / se;
  const { low: ciLow, high: ciHigh } = intervalOf(difference, se, df);
  return { ...counts, ...means, status: 'ok', se, df, t, p: 2 * cdf(-Math.abs(t), df), ciLow, ciHigh };
}

/** The squared standard error of the mean. */
function squaredError({ n, sd }: Summary): number {
  return (sd ?? 0) ** 2 / n;
}
