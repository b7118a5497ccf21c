import ttest from '@stdlib/stats-ttest';
import { deviation, mean } from 'd3-array';
import { CONSTANTS } from './constants.ts';
import { atMost } from './threshold.ts';
import type { Score } from './types.ts';

/**
 * Change of a cohort over matched schools. `change` is the mean of second minus first in scale points; `ciLow` and
 * `ciHigh` its 95 % t-interval; `dAv` and `gAv` the standardised change (Lakens 2013), uncorrected and corrected.
 * `too_few_schools`: all figures but `n` are null. `no_variation`: every school changed alike, so there is no test and
 * the interval is the value itself; show the value without an interval. `p` is for the correction over aspects only.
 */
export type PairedChange = {
  n: number;
  status: 'ok' | 'no_variation' | 'too_few_schools';
  mean1: number | null;
  mean2: number | null;
  sd1: number | null;
  sd2: number | null;
  change: number | null;
  sdChange: number | null;
  se: number | null;
  t: number | null;
  df: number | null;
  p: number | null;
  ciLow: number | null;
  ciHigh: number | null;
  dAv: number | null;
  gAv: number | null;
};

/** Paired change per school (measurement.md §7). A school without a value on either side does not count. */
export function pairedChange(first: readonly Score[], second: readonly Score[]): PairedChange {
  const [x1, x2] = matchedPairs(first, second);
  const n = x1.length;
  if (n < CONSTANTS.intervalMinSchools) return tooFew(n);

  const [mean1, mean2] = [mean(x1) ?? 0, mean(x2) ?? 0];
  const [sd1, sd2] = [deviation(x1) ?? 0, deviation(x2) ?? 0];
  const changes = x2.map((value, index) => value - (x1[index] ?? 0));
  const change = mean(changes) ?? 0;
  const sdChange = deviation(changes) ?? 0;
  const common = { n, mean1, mean2, sd1, sd2, change, sdChange, se: sdChange / Math.sqrt(n), df: n - 1 };
  const effect = effectSize(change, (sd1 + sd2) / 2, n);
  // Without variation the library returns NaN; a spread that is only rounding noise counts as none.
  if (atMost(sdChange, 0)) {
    return { ...common, ...effect, status: 'no_variation', t: null, p: null, ciLow: change, ciHigh: change };
  }
  const test = ttest(x2, x1, { alpha: 1 - CONSTANTS.confidence });
  const [ciLow = null, ciHigh = null] = test.ci;
  return { ...common, ...effect, status: 'ok', t: test.statistic, p: test.pValue, ciLow, ciHigh };
}

function matchedPairs(first: readonly Score[], second: readonly Score[]): [number[], number[]] {
  const x1: number[] = [];
  const x2: number[] = [];
  first.forEach((value, index) => {
    const other = second[index] ?? null;
    if (value === null || other === null) return;
    x1.push(value);
    x2.push(other);
  });
  return [x1, x2];
}

function effectSize(change: number, averageSd: number, n: number): Pick<PairedChange, 'dAv' | 'gAv'> {
  if (atMost(averageSd, 0)) return { dAv: null, gAv: null };
  const dAv = change / averageSd;
  return { dAv, gAv: dAv * (1 - 3 / (8 * n - 9)) };
}

function tooFew(n: number): PairedChange {
  return {
    n,
    status: 'too_few_schools',
    mean1: null,
    mean2: null,
    sd1: null,
    sd2: null,
    change: null,
    sdChange: null,
    se: null,
    t: null,
    df: null,
    p: null,
    ciLow: null,
    ciHigh: null,
    dAv: null,
    gAv: null,
  };
}
