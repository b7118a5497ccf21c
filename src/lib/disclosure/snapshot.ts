import type { ClarityFlag } from '#lib/analysis/clarity.ts';
import type { View } from '#lib/analysis/types.ts';
import type { Mode } from './mode.ts';
import type { Reason } from './reason.ts';
import type { ShownRemark } from './remarks.ts';
import type { ViewState } from './view-state.ts';

/** Version of the stored document's shape. */
export const SNAPSHOT_VERSION = 1;

/**
 * One view of one aspect. `score` is 1–5, unrounded; null has a reason. `unclear` and `notObserved`: many of the view's
 * answering raters found the statement unclear, or could not judge it; false where that may not be told.
 */
export type SnapshotCell = { score: number | null; reason?: Reason; unclear: boolean; notObserved: boolean };

export type SnapshotAspect = {
  code: string;
  /** The cohort's flags on this aspect, as they were at closing. */
  flags: ClarityFlag[];
  views: Record<View, SnapshotCell>;
};

type SnapshotView = {
  /** People who were asked, and who submitted. */
  invited: number;
  answered: number;
  state: ViewState;
};

/**
 * What may be shown of one school round, made when the round closes; every later page reads this and never the answers
 * (rules.md, Shown and withheld). Plain JSON. Holds no score of a single teacher, except in open mode with consent.
 */
export type Snapshot = {
  snapshotVersion: typeof SNAPSHOT_VERSION;
  /** Version of the constants of the analysis. */
  constants: string;
  mode: Mode;
  instrument: { key: string; version: string };
  views: Record<View, SnapshotView>;
  /** In the order of the list. */
  aspects: SnapshotAspect[];
  remarks: ShownRemark[];
};

/** The snapshot with one view emptied: no score, no share and no remark of it is left; `reason` stands at every cell. */
export function emptyView(snapshot: Snapshot, view: View, to: SnapshotView, reason: Reason): Snapshot {
  const cell: SnapshotCell = { score: null, reason, unclear: false, notObserved: false };
  return {
    ...snapshot,
    views: { ...snapshot.views, [view]: to },
    aspects: snapshot.aspects.map((aspect) => ({ ...aspect, views: { ...aspect.views, [view]: { ...cell } } })),
    remarks: snapshot.remarks.filter(({ role }) => role !== view),
  };
}
