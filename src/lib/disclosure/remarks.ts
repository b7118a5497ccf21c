import type { View } from '#lib/analysis/types.ts';
import { LIMITS } from './limits.ts';
import type { Mode } from './mode.ts';
import type { ViewState } from './view-state.ts';

/** One remark of a submitted response; `aspect` is null when it belongs to the competency as a whole. */
export type Remark = {
  rater: string | number;
  role: View;
  competency: string;
  aspect: string | null;
  text: string;
};

/** A remark as it may be shown. `aspect` null: it may not, or does not, belong to one aspect. */
export type ShownRemark = Omit<Remark, 'rater'>;

/** Puts items in an order drawn by the caller. */
export type Shuffle = <T>(items: readonly T[]) => T[];

/**
 * The remarks that may be shown (measurement.md §9.8; rules.md, Shown and withheld). Director and IB'er stand by their
 * name. In protected mode teachers' remarks on a competency need three teachers who wrote one there, and keep their
 * aspect only where three wrote on it; nothing says how many were left out. In open mode a shown view means that every
 * teacher agreed to be recognised, so their remarks stand with their aspect (product.md, Disclosure rules). The order of
 * the teachers' remarks is drawn, so that it tells nothing.
 */
export function shownRemarks(
  remarks: readonly Remark[],
  states: Readonly<Record<View, ViewState>>,
  mode: Mode,
  shuffle: Shuffle,
): ShownRemark[] {
  const written = remarks.filter(({ role, text }) => states[role] === 'shown' && text.trim() !== '');
  const named = written.filter(({ role }) => role !== 'teacher');
  const teachers = written.filter(({ role }) => role === 'teacher');
  return [...named, ...shuffle(mode === 'open' ? teachers : pooled(teachers))].map(withoutRater);
}

function pooled(remarks: readonly Remark[]): Remark[] {
  const enoughIn = writersBy(remarks, ({ competency }) => competency);
  const enoughOn = writersBy(remarks, ({ aspect }) => aspect);
  return remarks
    .filter(({ competency }) => enoughIn(competency))
    .map((remark) => ({ ...remark, aspect: enoughOn(remark.aspect) ? remark.aspect : null }));
}

function withoutRater({ role, competency, aspect, text }: Remark): ShownRemark {
  return { role, competency, aspect, text: text.trim() };
}

/** Whether a place has enough different writers; null is no place. */
function writersBy(remarks: readonly Remark[], place: (remark: Remark) => string | null) {
  const writers = new Map<string, Set<string | number>>();
  for (const remark of remarks) {
    const at = place(remark);
    if (at === null) continue;
    const known = writers.get(at);
    if (known) known.add(remark.rater);
    else writers.set(at, new Set([remark.rater]));
  }
  return (at: string | null) => at !== null && (writers.get(at)?.size ?? 0) >= LIMITS.minWriters;
}
