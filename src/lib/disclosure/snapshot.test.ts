import { describe, expect, it } from 'vitest';
import { withoutConsent, withoutRemarks, withoutTeachersRemarks, withoutView } from './erasure.ts';
import { emptyView, type Snapshot } from './snapshot.ts';
import { forViewer } from './viewer.ts';

const cell = (score: number) => ({ score, unclear: true, notObserved: true });
const snapshot: Snapshot = {
  snapshotVersion: 1,
  constants: '1',
  mode: 'open',
  instrument: { key: 'list', version: '1.0.0' },
  views: {
    director: { invited: 1, answered: 1, state: 'shown' },
    ib: { invited: 1, answered: 1, state: 'shown' },
    teacher: { invited: 2, answered: 2, state: 'shown' },
  },
  aspects: [{ code: 'a', flags: ['U'], views: { director: cell(2), ib: cell(4), teacher: cell(3) } }],
  remarks: [
    { role: 'director', competency: 'C1', aspect: 'a', text: 'van de directeur' },
    { role: 'ib', competency: 'C1', aspect: 'a', text: 'van de ib’er' },
    { role: 'teacher', competency: 'C1', aspect: null, text: 'van een leerkracht' },
  ],
};
const notSubmitted = (view: 'director' | 'ib') =>
  emptyView(snapshot, view, { invited: 1, answered: 0, state: 'none' }, 'not_judged');

describe('erasure', () => {
  it.each(['director', 'ib'] as const)('of the %s takes scores, shares and remarks, and nothing else', (view) => {
    const left = withoutView(snapshot, view);
    const other = view === 'ib' ? 'director' : 'ib';
    expect(left.views[view]).toEqual({ invited: 1, answered: 1, state: 'erased' });
    expect(left.aspects[0]?.views[view]).toEqual({
      score: null,
      reason: 'erased',
      unclear: false,
      notObserved: false,
    });
    expect(left.remarks.map(({ role }) => role)).toEqual([other, 'teacher']);
    expect(left.aspects[0]?.views[other]).toEqual(snapshot.aspects[0]?.views[other]);
    expect(left.aspects[0]?.views.teacher).toEqual(snapshot.aspects[0]?.views.teacher);
    expect(left.aspects[0]?.flags).toEqual(['U']);
  });

  it('leaves the snapshot that it was given as it was', () => {
    const before = JSON.stringify(snapshot);
    withoutView(snapshot, 'director');
    withoutConsent(snapshot);
    expect(JSON.stringify(snapshot)).toBe(before);
  });

  it('of an open teacher withholds the teachers’ view for want of consent', () => {
    const left = withoutConsent(snapshot);
    expect(left.views.teacher.state).toBe('consent');
    expect(left.aspects[0]?.views.teacher).toEqual({
      score: null,
      reason: 'consent',
      unclear: false,
      notObserved: false,
    });
    expect(left.remarks.map(({ role }) => role)).toEqual(['director', 'ib']);
  });

  it('of somebody who gave nothing changes nothing', () => {
    expect(withoutView(notSubmitted('director'), 'director')).toEqual(notSubmitted('director'));
  });

  it('of a protected teacher takes all teachers’ remarks where that teacher wrote, and no score', () => {
    const pooled: Snapshot = { ...snapshot, mode: 'protected' };
    const left = withoutTeachersRemarks(pooled, new Set(['C1']));
    expect(left.remarks.map(({ role }) => role)).toEqual(['director', 'ib']);
    expect(left.aspects).toEqual(pooled.aspects);
    expect(withoutTeachersRemarks(pooled, new Set(['C2']))).toEqual(pooled);
  });

  it('of the IB’er whom it is about takes what anybody wrote about her', () => {
    expect(withoutRemarks(snapshot).remarks).toEqual([]);
  });

  it('of a protected teacher leaves the pooled cells', () => {
    const pooled: Snapshot = { ...snapshot, mode: 'protected' };
    expect(withoutConsent(pooled)).toEqual(pooled);
  });
});

describe('viewer', () => {
  it.each([
    ['ib', 'director'],
    ['director', 'ib'],
  ] as const)('the %s who did not submit sees nothing of the %s', (viewer, other) => {
    const seen = forViewer(notSubmitted(viewer), viewer);
    expect(seen.views[other].state).toBe('other_not_submitted');
    expect(seen.aspects[0]?.views[other].reason).toBe('other_not_submitted');
    expect(seen.aspects[0]?.views[other]).toMatchObject({ score: null, unclear: false, notObserved: false });
    expect(seen.remarks.map(({ role }) => role)).toEqual(['teacher']);
    expect(seen.views[other].answered).toBe(1);
  });

  it('both see everything once both have submitted', () => {
    expect(forViewer(snapshot, 'ib')).toEqual(snapshot);
    expect(forViewer(snapshot, 'director')).toEqual(snapshot);
  });

  it('whoever submitted alone misses nothing that exists', () => {
    expect(forViewer(notSubmitted('director'), 'ib')).toEqual(notSubmitted('director'));
  });
});
