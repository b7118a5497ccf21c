import { mean, sum } from 'd3-array';
import { CONSTANTS } from './constants.ts';
import { atMost } from './threshold.ts';

/** Mean squares of a one-way analysis of variance over `groups` schools and `n` raters. */
type MeanSquares = { msb: number; msw: number; groups: number; n: number };

/**
 * Reliability of teachers' rater-level scores. `icc1` is that of one teacher, `icc2` that of a school's mean; negative
 * values stay here and are shown as 0. `kMean` is the mean group size, `k0` the size corrected for unequal groups, with
 * `icc1K0` as its variant. `insufficient`: all figures null; `no_variation`: the schools' means are equal, `icc2` null.
 */
type Icc = {
  groups: number;
  n: number;
  status: 'ok' | 'no_variation' | 'insufficient';
  msb: number | null;
  msw: number | null;
  kMean: number | null;
  k0: number | null;
  icc1: number | null;
  icc1K0: number | null;
  icc2: number | null;
};

/** ICC(1) for groups of size k: (MSB − MSW) / (MSB + (k − 1) MSW); null without any variation (measurement.md §8). */
export function icc1({ msb, msw }: Pick<MeanSquares, 'msb' | 'msw'>, k: number): number | null {
  const total = msb + (k - 1) * msw;
  return atMost(Math.abs(total), 0) ? null : (msb - msw) / total;
}

/** ICC(2) = ICC(1,k): (MSB − MSW) / MSB; null when the groups' means are equal (measurement.md §8). */
export function icc2({ msb, msw }: Pick<MeanSquares, 'msb' | 'msw'>): number | null {
  return atMost(msb, 0) ? null : (msb - msw) / msb;
}

/** One-way ICC over schools with at least two raters, from five such schools (measurement.md §8). */
export function iccOneway(scoresBySchool: readonly (readonly number[])[]): Icc {
  const kept = scoresBySchool.filter((scores) => scores.length >= CONSTANTS.iccMinGroup);
  const groups = kept.length;
  const n = sum(kept, (scores) => scores.length);
  if (groups < CONSTANTS.iccMinGroups) {
    const none = { msb: null, msw: null, kMean: null, k0: null, icc1: null, icc1K0: null, icc2: null };
    return { groups, n, status: 'insufficient', ...none };
  }
  const grand = mean(kept.flat()) ?? 0;
  const means = kept.map((scores) => mean(scores) ?? 0);
  const between = sum(kept, (scores, index) => scores.length * ((means[index] ?? 0) - grand) ** 2);
  const within = sum(kept, (scores, index) => sum(scores, (score) => (score - (means[index] ?? 0)) ** 2));
  const squares = { msb: between / (groups - 1), msw: within / (n - groups) };
  const kMean = n / groups;
  const k0 = (n - sum(kept, (scores) => scores.length ** 2) / n) / (groups - 1);
  return {
    groups,
    n,
    status: atMost(squares.msb, 0) ? 'no_variation' : 'ok',
    ...squares,
    kMean,
    k0,
    icc1: icc1(squares, kMean),
    icc1K0: icc1(squares, k0),
    icc2: icc2(squares),
  };
}
