import { emptyView } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The snapshot after a director or an IB'er was erased: their scores, shares and remarks are gone, as if they had never
 * submitted (rules.md, Shown and withheld). The teachers' pooled cells and the cohort's flags stay as they were.
 */
export function withoutView(snapshot: Snapshot, view: 'director' | 'ib'): Snapshot {
  return emptyView(snapshot, view, { ...snapshot.views[view], answered: 0, state: 'none' }, 'not_judged');
}

/**
 * The snapshot after a teacher withdrew consent or was erased in open mode: the whole teachers' view is withheld and
 * nobody is told who it was. Protected cells are pooled and stay (rules.md), so that mode returns the same snapshot,
 * and so does a view without any teacher.
 */
export function withoutConsent(snapshot: Snapshot): Snapshot {
  const teachers = snapshot.views.teacher;
  if (snapshot.mode === 'protected' || teachers.state === 'none') return snapshot;
  return emptyView(snapshot, 'teacher', { ...teachers, state: 'consent' }, 'consent');
}
