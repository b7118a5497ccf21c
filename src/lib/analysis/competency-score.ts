import { needed } from './coverage.ts';
import { meanOf, present } from './mean.ts';
import type { Score } from './types.ts';

/** `score` is the mean of the aspect scores, 1–5, null below the coverage; `judged` counts the aspects with a score. */
type CompetencyScore = { score: Score; judged: number; status: 'ok' | 'insufficient' };

/**
 * Score of one view for a competency: the unweighted mean over its aspects, when enough of them have a score
 * (measurement.md §2). Takes all aspects of the competency, null where the view has no score.
 */
export function competencyScore(aspectScores: readonly Score[]): CompetencyScore {
  const judged = present(aspectScores).length;
  if (judged === 0 || judged < needed(aspectScores.length)) return { score: null, judged, status: 'insufficient' };
  return { score: meanOf(aspectScores), judged, status: 'ok' };
}
