import type { Reason } from './reason.ts';

/**
 * Why a figure over schools is null: fewer than five behind it, somebody's withdrawn answers could be subtracted out, or the
 * list does not ask that view.
 */
export type CohortReason = Extract<Reason, 'too_few_schools' | 'hidden_cells' | 'not_asked'>;

/** Why a figure over the rounds of a programme is null: as above, or the round was summed before there was such a figure. */
export type CourseReason = CohortReason | 'not_recorded';

/**
 * Why a figure over the aspects of an ambition is null: as above, or they are so few that a mean is nearly the answers themselves
 * (`LIMITS.minAspectsOfAmbition`).
 */
export type AmbitionReason = CourseReason | 'too_few_aspects';

/**
 * Why two cohorts cannot be compared: as above, or their lists ask other aspects there, or one of the two rounds asked only
 * some of them (a pulse).
 */
export type CompareReason = CohortReason | 'other_aspects' | 'part_asked';

/**
 * Why a school of one of two rounds is not in the change between them: another IB'er or director, not in one of the rounds,
 * too few aspects that both rounds asked in the same words, a report that whoever reads single schools does not read (yet), or a
 * score that is missing or withheld, by its reason.
 */
export type Dropped =
  | 'ratee_changed'
  | 'director_changed'
  | 'left'
  | 'not_in_later'
  | 'not_in_earlier'
  | 'reworded'
  | 'not_read'
  | Exclude<Reason, 'too_few_schools'>;
