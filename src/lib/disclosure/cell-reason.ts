import type { View } from '#lib/analysis/types.ts';
import type { Mode } from './mode.ts';
import type { Reason } from './reason.ts';
import { isWithheld } from './view-state.ts';
import type { ViewState } from './view-state.ts';

/** What is known of a cell without a score; `observable` is the list's word on this role and aspect. */
type EmptyCell = { view: View; state: ViewState; mode: Mode; observable: boolean };

/**
 * Why a view's cell has no score. A protected teacher cell is always `hidden_cells`, whether nobody, one or two judged:
 * the reason must not tell what the score may not. `not_visible_for_role` follows from the list alone.
 */
export function cellReason({ view, state, mode, observable }: EmptyCell): Reason {
  if (state === 'not_asked' || isWithheld(state)) return state;
  if (state === 'none') return 'not_judged';
  if (!observable) return 'not_visible_for_role';
  return view === 'teacher' && mode === 'protected' ? 'hidden_cells' : 'not_judged';
}
