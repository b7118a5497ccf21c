import { CONSTANTS } from './constants.ts';
import { meanOf, present } from './mean.ts';
import { atLeast, atMost } from './threshold.ts';
import type { Score, View } from './types.ts';

/** Machine words of the vectors. They never appear on a screen: "blind_spot" reads as a verdict there. */
export type AspectClass =
  | 'insufficient'
  | 'contested'
  | 'blind_spot'
  | 'hidden_strength'
  | 'shared_strength'
  | 'shared_growth'
  | 'in_agreement';

/** What others see: the mean of the director's and the teachers' score, each view weighing one (measurement.md §4). */
export function othersMean(director: Score, teacher: Score): Score {
  return meanOf([director, teacher]);
}

/** The gap class of an aspect; the first rule that fits wins (measurement.md §4). */
export function classifyAspect({ director, ib, teacher }: Readonly<Record<View, Score>>): AspectClass {
  const views = present([director, ib, teacher]);
  if (views.length < 2) return 'insufficient';

  const limit = CONSTANTS.aspectThreshold;
  if (director !== null && teacher !== null && atLeast(Math.abs(director - teacher), limit)) return 'contested';

  const others = othersMean(director, teacher);
  if (ib !== null && others !== null) {
    if (atLeast(ib - others, limit)) return 'blind_spot';
    if (atMost(ib - others, -limit)) return 'hidden_strength';
  }
  if (isStrength(views)) return 'shared_strength';
  if (views.every((score) => atMost(score, CONSTANTS.growthMax))) return 'shared_growth';
  return 'in_agreement';
}

function isStrength(views: readonly number[]): boolean {
  const mean = meanOf(views) ?? 0;
  return views.every((score) => atLeast(score, CONSTANTS.strengthMin)) && atLeast(mean, CONSTANTS.strengthMean);
}
