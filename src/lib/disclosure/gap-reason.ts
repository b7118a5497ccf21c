import type { View } from '#lib/analysis/types.ts';
import type { AspectOutline } from '#lib/instrument/types.ts';
import { mostlyNotVisible } from './competency-reason.ts';
import type { Reason } from './reason.ts';
import type { ViewState } from './view-state.ts';

/** One side of a gap: its cells over the aspects of the group, in the order of the list. */
export type GapSide = {
  view: View;
  state: ViewState;
  cells: readonly { score: number | null; reason?: Reason }[];
};

/** From strongest to weakest: what was never asked, what is withheld as a whole, then what is missing as a whole. */
const VIEW_REASONS = [
  'not_asked',
  'other_not_submitted',
  'consent',
  'view_hidden',
  'erased',
  'none',
] as const satisfies readonly ViewState[];

/**
 * Why two views have no gap over a group of aspects of which `needed` must be common. `hidden_cells` when the aspects
 * that are withheld could have filled the shortage; it looks at what is shown only, so it tells nothing about them.
 */
export function gapReason(
  sides: readonly [GapSide, GapSide],
  aspects: readonly AspectOutline[],
  needed: number,
): Reason {
  if (aspects.length === 0) return 'not_asked';
  for (const state of VIEW_REASONS) {
    if (sides.some((side) => side.state === state)) return state === 'none' ? 'not_judged' : state;
  }
  if (sides.some(({ view }) => mostlyNotVisible(view, aspects))) return 'not_visible_for_role';
  return couldBeCommon(sides) >= needed ? 'hidden_cells' : 'too_few_judged';
}

function couldBeCommon([first, second]: readonly [GapSide, GapSide]): number {
  const possible = (cell: GapSide['cells'][number] | undefined) =>
    cell !== undefined && (cell.score !== null || cell.reason === 'hidden_cells');
  return first.cells.filter((cell, index) => possible(cell) && possible(second.cells[index])).length;
}
