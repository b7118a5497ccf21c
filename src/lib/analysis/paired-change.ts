import cdf from '@stdlib/stats-base-dists-t-cdf';
import { CONSTANTS } from './constants.ts';
import { intervalOf, summaryOf } from './summary.ts';
import type { Summary } from './summary.ts';
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
  return pairedChangeOf(pairedSummaries(first, second));
}

/** What a paired change is computed from, over the same schools: both sides, and second minus first. */
export type PairedSummaries = { first: Summary; second: Summary; change: Summary };

/** What is to be stored of two rounds; a school without a value on either side does not count. Null when none has both. */
export function pairedSummaries(first: readonly Score[], second: readonly Score[]): PairedSummaries | null {
  const [x1, x2] = matchedPairs(first, second);
  const before = summaryOf(x1);
  const after = summaryOf(x2);
  const change = summaryOf(x2.map((value, index) => value - (x1[index] ?? 0)));
  return before && after && change && { first: before, second: after, change };
}

/** The paired change from what is stored of it; null is no school with both. */
export function pairedChangeOf(stored: PairedSummaries | null): PairedChange {
  const n = stored?.change.n ?? 0;
  if (stored === null || n < CONSTANTS.intervalMinSchools) return tooFew(n);

  const { first, second } = stored;
  const { mean: change, sd } = stored.change;
  const [sd1, sd2, sdChange] = [first.sd ?? 0, second.sd ?? 0, sd ?? 0];
  const se = sdChange / Math.sqrt(n);
  const df = n - 1;
  const common = { n, mean1: first.mean, mean2: second.mean, sd1, sd2, change, sdChange, se, df };
  const effect = effectSize(change, (sd1 + sd2) / 2, n);
  // A spread that is only rounding noise counts as none.
  if (atMost(sdChange, 0)) {
    return { ...common, ...effect, status: 'no_variation', t: null, p: null, ciLow: change, ciHigh: change };
  }
  const t = change / se;
  const { low: ciLow, high: ciHigh } = intervalOf(change, se, df);
  return { ...common, ...effect, status: 'ok', t, p: 2 * cdf(-Math.abs(t), df), ciLow, ciHigh };
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
