import { emptyView } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/** The two people whose report it is. */
export type Viewer = 'ib' | 'director';

/**
 * The snapshot as one of the two may see it: without the other's scores, shares and remarks until both have submitted
 * (measurement.md §9.7; rules.md, Shown and withheld). If the other gave nothing there is nothing to withhold.
 */
export function forViewer(snapshot: Snapshot, viewer: Viewer): Snapshot {
  const other = viewer === 'ib' ? 'director' : 'ib';
  if (snapshot.views[viewer].state === 'shown' || snapshot.views[other].state !== 'shown') return snapshot;
  const withheld = { ...snapshot.views[other], state: 'other_not_submitted' } as const;
  return emptyView(snapshot, other, withheld, 'other_not_submitted');
}
