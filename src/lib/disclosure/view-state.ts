import type { View } from '#lib/analysis/types.ts';
import { LIMITS } from './limits.ts';
import type { Mode } from './mode.ts';

/**
 * A view is there, or nobody gave it (`none`) or was to (`not_asked`: the list does not ask this role), or it is withheld (or
 * gone) as a whole for the reason that is its name.
 */
export type ViewState = 'shown' | 'none' | 'not_asked' | WithheldState;
type WithheldState = 'view_hidden' | 'consent' | 'other_not_submitted' | 'erased';

/** One submitted response. `consent` is asked of teachers in open mode only; null = not asked. */
type SubmittedRater = { consent: boolean | null };

/**
 * State of a view from its submitted responses (measurement.md §9.1; rules.md, Shown and withheld). Teachers need to be
 * three in protected mode; in open mode every one of them must have said yes, and nobody is told who did not.
 * @param isAsked whether the list asks this role; what was imported of others counts all the same
 */
export function viewState(view: View, raters: readonly SubmittedRater[], mode: Mode, isAsked = true): ViewState {
  if (raters.length === 0) return isAsked ? 'none' : 'not_asked';
  if (view !== 'teacher') return 'shown';
  if (mode === 'open') return raters.every(({ consent }) => consent === true) ? 'shown' : 'consent';
  return raters.length >= LIMITS.minTeachers ? 'shown' : 'view_hidden';
}

/** True when the view was given but may not be seen, so that the state is also the reason. */
export function isWithheld(state: ViewState): state is WithheldState {
  return state !== 'shown' && state !== 'none' && state !== 'not_asked';
}
