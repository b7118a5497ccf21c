import { mean, variance } from 'd3-array';
import { CONSTANTS } from './constants.ts';
import { needed } from './coverage.ts';
import { present } from './mean.ts';
import type { Score } from './types.ts';

/**
 * How far the teachers of one school agree on a competency. `items` counts the aspects with enough scores,
 * `meanVariance` is their mean variance, `rwg` the mean r_wg per item (0–1, 1 = all alike), `ad` the mean item AD in
 * scale points (0 = all alike). `insufficient`: all null.
 */
export type Agreement = {
  raters: number;
  items: number;
  status: 'ok' | 'insufficient';
  meanVariance: number | null;
  rwg: number | null;
  ad: number | null;
};

/** r_wg of one item: 1 − s²/σ² of chance, never below 0 (measurement.md §8; James, Demaree & Wolf 1984). */
export function itemRwg(itemVariance: number): number {
  return 1 - Math.min(itemVariance, CONSTANTS.chanceVariance) / CONSTANTS.chanceVariance;
}

/** AD of one item: mean absolute distance to the mean (measurement.md §8; Burke & Dunlap 2002). */
function itemAd(scores: readonly number[]): number {
  const centre = mean(scores) ?? 0;
  return mean(scores, (score) => Math.abs(score - centre)) ?? 0;
}

/** Agreement of one school's teachers on one competency (§8): a row a rater, a column an aspect, null = no score. */
export function teacherAgreement(ratersByAspects: readonly (readonly Score[])[]): Agreement {
  const raters = ratersByAspects.length;
  const aspects = ratersByAspects[0]?.length ?? 0;
  const items = Array.from({ length: aspects }, (_, aspect) =>
    present(ratersByAspects.map((row) => row[aspect] ?? null)),
  ).filter((scores) => scores.length >= CONSTANTS.agreementMinJudged);

  if (items.length === 0 || items.length < needed(aspects)) {
    return { raters, items: items.length, status: 'insufficient', meanVariance: null, rwg: null, ad: null };
  }
  const variances = items.map((scores) => variance(scores) ?? 0);
  return {
    raters,
    items: items.length,
    status: 'ok',
    meanVariance: mean(variances) ?? null,
    rwg: mean(variances, itemRwg) ?? null,
    ad: mean(items, itemAd) ?? null,
  };
}
