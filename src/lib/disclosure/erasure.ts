import type { ShownRemark } from './remarks.ts';
import { emptyView } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import type { ViewState } from './view-state.ts';

/**
 * The snapshot after a director or an IB'er was erased: their scores, shares and remarks are gone, and the view says that
 * they were erased (rules.md, Shown and withheld). How many submitted stays true. The teachers' pooled cells and the
 * cohort's flags stay as they were; a view that nobody gave stays that.
 */
export function withoutView(snapshot: Snapshot, view: 'director' | 'ib'): Snapshot {
  if (isMissing(snapshot.views[view].state)) return snapshot;
  return emptyView(snapshot, view, { ...snapshot.views[view], state: 'erased' }, 'erased');
}

/**
 * The snapshot after a teacher withdrew consent or was erased in open mode: the whole teachers' view is withheld and
 * nobody is told who it was. Protected cells are pooled and stay (rules.md), so that mode returns the same snapshot,
 * and so does a view without any teacher.
 */
export function withoutConsent(snapshot: Snapshot): Snapshot {
  const teachers = snapshot.views.teacher;
  if (snapshot.mode === 'protected' || isMissing(teachers.state)) return snapshot;
  return emptyView(snapshot, 'teacher', { ...teachers, state: 'consent' }, 'consent');
}

/**
 * The snapshot after a protected teacher who wrote in these competencies was erased: no teacher's remark on them is left.
 * Were only the erased one's to go, whoever has an earlier print would know whose it was; and those that stay might be
 * fewer than three people's. Scores are pooled and stay.
 */
export function withoutTeachersRemarks(snapshot: Snapshot, competencies: ReadonlySet<string>): Snapshot {
  const stays = ({ role, competency }: ShownRemark) => role !== 'teacher' || !competencies.has(competency);
  return { ...snapshot, remarks: snapshot.remarks.filter(stays) };
}

/** The snapshot after the IB'er whom it is about was erased: what others wrote about her goes too, scores stay. */
export function withoutRemarks(snapshot: Snapshot): Snapshot {
  return { ...snapshot, remarks: [] };
}

function isMissing(state: ViewState): boolean {
  return state === 'none' || state === 'not_asked';
}
