import { CONSTANTS } from './constants.ts';
import { meanOf, present } from './mean.ts';
import { atLeast, atMost } from './threshold.ts';
import type { Score, View } from './types.ts';
import { viewDifferences } from './view-differences.ts';
import type { ViewDifferences } from './view-differences.ts';

/** Machine words of the vectors. They never appear on a screen: "blind_spot" reads as a verdict there. */
export type AspectClass =
  | 'insufficient'
  | 'contested'
  | 'blind_spot'
  | 'hidden_strength'
  | 'shared_strength'
  | 'shared_growth'
  | 'in_agreement';

/**
 * The gap class of an aspect; the first rule that fits wins (measurement.md §4). The differences are those of the scores
 * unless they are given, without the level difference. An aspect without any difference cannot be compared: it has fewer
 * than two views, or a level that is not known.
 */
export function classifyAspect(
  scores: Readonly<Record<View, Score>>,
  { self, others }: ViewDifferences = viewDifferences(scores),
): AspectClass {
  const views = present([scores.director, scores.ib, scores.teacher]);
  if (self === null && others === null) return 'insufficient';

  const limit = CONSTANTS.aspectThreshold;
  if (others !== null && atLeast(Math.abs(others), limit)) return 'contested';
  if (self !== null && atLeast(self, limit)) return 'blind_spot';
  if (self !== null && atMost(self, -limit)) return 'hidden_strength';
  if (isStrength(views)) return 'shared_strength';
  if (views.every((score) => atMost(score, CONSTANTS.growthMax))) return 'shared_growth';
  return 'in_agreement';
}

function isStrength(views: readonly number[]): boolean {
  const mean = meanOf(views) ?? 0;
  return views.every((score) => atLeast(score, CONSTANTS.strengthMin)) && atLeast(mean, CONSTANTS.strengthMean);
}
