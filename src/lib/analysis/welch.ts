import ttest2 from '@stdlib/stats-ttest2';
import { mean, variance } from 'd3-array';
import { CONSTANTS } from './constants.ts';
import { present } from './mean.ts';
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
  const [a, b] = [present(first), present(second)];
  const counts = { n1: a.length, n2: b.length };
  if (Math.min(a.length, b.length) < CONSTANTS.intervalMinSchools) {
    return { ...counts, ...NO_TEST, status: 'too_few_schools', mean1: null, mean2: null, difference: null };
  }
  const [mean1, mean2] = [mean(a) ?? 0, mean(b) ?? 0];
  const means = { mean1, mean2, difference: mean2 - mean1 };
  const se = Math.sqrt((variance(a) ?? 0) / a.length + (variance(b) ?? 0) / b.length);
  // Without variation the library returns NaN; a spread that is only rounding noise counts as none.
  if (atMost(se, 0)) return { ...counts, ...means, ...NO_TEST, status: 'no_variation' };

  const test = ttest2(b, a, { alpha: 1 - CONSTANTS.confidence });
  const [ciLow = null, ciHigh = null] = test.ci;
  return { ...counts, ...means, status: 'ok', se, df: test.df, t: test.statistic, p: test.pValue, ciLow, ciHigh };
}
