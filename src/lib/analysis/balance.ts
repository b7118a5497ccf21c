import { CONSTANTS } from './constants.ts';
import { atLeast } from './threshold.ts';
import type { Score } from './types.ts';

/** Where the emphasis lies, or neither clearly. */
export type Emphasis = 'coaching' | 'advising' | 'even';

/**
 * The balance of advising and coaching: coaching minus advising in scale points, so that one figure says what two bars
 * that should both rise would hide (product.md). Null where one of the two has no score.
 */
export function balanceOf(coaching: Score, advising: Score): number | null {
  return coaching === null || advising === null ? null : coaching - advising;
}

/** Where a balance in scale points puts the emphasis: from the difference on that counts between competencies (§4). */
export function emphasisOf(balance: number): Emphasis {
  if (!atLeast(Math.abs(balance), CONSTANTS.competencyThreshold)) return 'even';
  return balance > 0 ? 'coaching' : 'advising';
}
