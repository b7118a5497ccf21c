import type { AspectClass } from './classify-aspect.ts';
import { CONSTANTS } from './constants.ts';
import type { Tally } from './tally.ts';
import { atLeast } from './threshold.ts';

/** Why the meaning comes first: many in one of the views flagged it, or the cohort did, or took it in different ways (§5). */
export type MeaningCause = 'flagged' | 'cohort_unclear' | 'cohort_differs';

/** Machine words of the vectors for what to talk about first (measurement.md §5). */
export type Reading = 'check_meaning' | 'not_observed' | 'seen_differently' | 'insufficient' | 'shared_view';

/** What is known of one aspect at one school, over the three views and the cohort. */
type ReadingFacts = {
  class: AspectClass;
  /** Some view has many raters who flagged the aspect unclear (`manyUnclear`). */
  unclear: boolean;
  /** Some view has many raters who could not judge the aspect (`manyCannotJudge`). */
  notObserved: boolean;
  /** The cohort flags the aspect U or N (§6). */
  cohortUnclear: boolean;
};

const SEEN_DIFFERENTLY: readonly AspectClass[] = ['contested', 'blind_spot', 'hidden_strength'];

/** True when at least a third of a view's answering raters flagged the aspect unclear (measurement.md §5). */
export function manyUnclear({ answered, unclear }: Pick<Tally, 'answered' | 'unclear'>): boolean {
  return answered > 0 && atLeast(unclear / answered, CONSTANTS.unclearShare);
}

/** True when at least half of a view's answering raters could not judge the aspect (measurement.md §5). */
export function manyCannotJudge({ answered, cannotJudge }: Pick<Tally, 'answered' | 'cannotJudge'>): boolean {
  return answered > 0 && atLeast(cannotJudge / answered, CONSTANTS.notObservedShare);
}

/** How an aspect is best read at one school; the first rule that fits wins (measurement.md §5). */
export function readAspect(facts: ReadingFacts): Reading {
  if (facts.unclear || facts.cohortUnclear) return 'check_meaning';
  if (facts.notObserved) return 'not_observed';
  if (SEEN_DIFFERENTLY.includes(facts.class)) return 'seen_differently';
  return facts.class === 'insufficient' ? 'insufficient' : 'shared_view';
}
