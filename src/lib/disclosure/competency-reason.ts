import type { View } from '#lib/analysis/types.ts';
import type { AspectOutline } from '#lib/instrument/types.ts';
import type { Mode } from './mode.ts';
import type { Reason } from './reason.ts';
import { isWithheld } from './view-state.ts';
import type { ViewState } from './view-state.ts';

/** A view without a score over a group of aspects. */
type EmptyScore = { view: View; state: ViewState; mode: Mode; aspects: readonly AspectOutline[] };

/** True when the list says that a role cannot normally see more than half of the aspects (rules.md, Answers). */
export function mostlyNotVisible(view: View, aspects: readonly AspectOutline[]): boolean {
  const visible = aspects.filter(({ observableBy }) => observableBy.includes(view)).length;
  return visible * 2 < aspects.length;
}

/**
 * Why a view has no score for a group of aspects. In protected mode a teachers' score that is missing is always
 * `hidden_cells`: were it to depend on how many judged a withheld aspect, the reason would tell that. Of a group that was
 * not asked that is said first: it holds for every view.
 */
export function competencyReason({ view, state, mode, aspects }: EmptyScore): Reason {
  if (aspects.length === 0) return 'not_asked';
  if (state === 'not_asked' || isWithheld(state)) return state;
  if (state === 'none') return 'not_judged';
  if (mostlyNotVisible(view, aspects)) return 'not_visible_for_role';
  return view === 'teacher' && mode === 'protected' ? 'hidden_cells' : 'too_few_judged';
}
