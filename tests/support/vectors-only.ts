import { mean } from 'd3-array';
import { CONSTANTS } from '#lib/analysis/constants.ts';

/**
 * Arithmetic that the vectors hold and the product leaves out on purpose (measurement.md §7, §8, §10): r_wg(j), alpha
 * and the reliable change index say nothing useful about a few raters with many items. It stands here, so that the
 * vectors are read whole and no page can use it.
 */

/** r_wg(j) of a group from its item variances; null without items. */
export function rwgj(itemVariances: readonly number[]): number {
  const items = itemVariances.length;
  const share = Math.min(mean(itemVariances) ?? 0, CONSTANTS.chanceVariance) / CONSTANTS.chanceVariance;
  return (items * (1 - share)) / (items * (1 - share) + share);
}

/** Cronbach's alpha from a covariance matrix; null without variance. */
export function alphaFromCovariance(matrix: readonly (readonly number[])[]): number | null {
  const items = matrix.length;
  const total = matrix.flat().reduce((sum, value) => sum + value, 0);
  const own = matrix.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  return total <= CONSTANTS.eps ? null : (items / (items - 1)) * (1 - own / total);
}

type Column = readonly (number | null)[];

function covariance(x: Column, y: Column): { n: number; value: number } {
  const pairs = x.flatMap((value, index) => {
    const other = y[index] ?? null;
    return value === null || other === null ? [] : [{ value, other }];
  });
  const meanX = mean(pairs, ({ value }) => value) ?? 0;
  const meanY = mean(pairs, ({ other }) => other) ?? 0;
  const sum = pairs.reduce((total, { value, other }) => total + (value - meanX) * (other - meanY), 0);
  return { n: pairs.length, value: sum / (pairs.length - 1) };
}

/** Least number of raters for either variant of alpha (vectors' alpha_min_n). */
export const ALPHA_MIN_RATERS = 10;

/** Both variants of alpha over raters × items: complete raters only, and pairwise covariances. */
export function alpha(ratersByItems: readonly (readonly (number | null)[])[]) {
  const items = ratersByItems[0]?.length ?? 0;
  const complete = ratersByItems.filter((row) => row.every((score) => score !== null));
  const matrixOf = (rows: readonly (readonly (number | null)[])[]) => {
    const columns = Array.from({ length: items }, (_, item) => rows.map((row) => row[item] ?? null));
    return columns.map((x) => columns.map((y) => covariance(x, y)));
  };
  const pairwise = matrixOf(ratersByItems);
  const minPair = Math.min(...pairwise.flat().map(({ n }) => n));
  const alphaOf = (matrix: typeof pairwise) => alphaFromCovariance(matrix.map((row) => row.map(({ value }) => value)));
  return {
    raters: ratersByItems.length,
    complete: complete.length,
    minPair,
    listwise: complete.length >= ALPHA_MIN_RATERS ? alphaOf(matrixOf(complete)) : null,
    pairwise: minPair >= ALPHA_MIN_RATERS ? alphaOf(pairwise) : null,
  };
}

/** Reliable change index (Jacobson & Truax 1991), with the change that would exceed its 95 % limit. */
export function reliableChange({ pre, post, sd, rxx }: { pre: number; post: number; sd: number; rxx: number }) {
  const SE = sd * Math.sqrt(1 - rxx);
  const Sdiff = Math.SQRT2 * SE;
  return { SE, Sdiff, RC: (post - pre) / Sdiff, threshold95: 1.959963984540054 * Sdiff };
}
