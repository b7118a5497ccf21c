import { needed } from './coverage.ts';
import { differences } from './gap.ts';
import { atMost } from './threshold.ts';
import type { Score } from './types.ts';

/**
 * Two views over the aspects that both judged (`n`). `elevation` is first minus second in scale points, `sdX`, `sdY` the
 * spread of each with divisor n, `scatter` their difference, `r` the likeness of shape (−1 to 1), `msd` and `mad` the
 * mean squared and mean absolute difference. `insufficient`: all null; `no_variation`: one of the two gave all aspects
 * the same score, so `r` is null.
 */
type Profile = {
  n: number;
  status: 'ok' | 'no_variation' | 'insufficient';
  elevation: number | null;
  sdX: number | null;
  sdY: number | null;
  scatter: number | null;
  r: number | null;
  msd: number | null;
  mad: number | null;
};

/** Profile similarity (measurement.md §8; Cronbach & Gleser 1953). Both lists hold all aspects in the same order. */
export function profile(first: readonly Score[], second: readonly Score[]): Profile {
  const matched = differences(first, second);
  const inBoth = (scores: readonly Score[]) =>
    scores.filter((score, index): score is number => score !== null && matched[index] !== null);
  const [x, y] = [inBoth(first), inBoth(second)];
  const n = x.length;
  if (n === 0 || n < needed(first.length)) {
    const none = { elevation: null, sdX: null, sdY: null, scatter: null, r: null, msd: null, mad: null };
    return { n, status: 'insufficient', ...none };
  }
  const [sdX, sdY] = [spread(x), spread(y)];
  const flat = atMost(Math.min(sdX, sdY), 0);
  const apart = x.map((value, index) => value - (y[index] ?? 0));
  return {
    n,
    status: flat ? 'no_variation' : 'ok',
    elevation: average(x) - average(y),
    sdX,
    sdY,
    scatter: sdX - sdY,
    r: flat ? null : covariance(x, y) / (sdX * sdY),
    msd: average(apart.map((value) => value * value)),
    mad: average(apart.map(Math.abs)),
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function covariance(x: readonly number[], y: readonly number[]): number {
  const [meanX, meanY] = [average(x), average(y)];
  return average(x.map((value, index) => (value - meanX) * ((y[index] ?? meanY) - meanY)));
}

/** Standard deviation with divisor n, as Cronbach & Gleser define scatter. */
function spread(values: readonly number[]): number {
  return Math.sqrt(covariance(values, values));
}
