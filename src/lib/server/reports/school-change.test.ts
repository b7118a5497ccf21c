import { describe, expect, it } from 'vitest';
import { schoolFigures } from './figures.ts';
import { schoolChange } from './school-change.ts';
import { answers, outlineOf, roundOf } from './school-round-fixture.ts';
import type { ShortAnswer } from './school-round-fixture.ts';
import { takeSnapshot } from './snapshot.ts';

const outline = outlineOf(6);
const SAME = { ib: true, director: true };
const round = (...forms: ['director' | 'ib' | 'teacher', ...ShortAnswer[]][]) => {
  const ratings = forms.flatMap(([role, ...form], rater) => answers(role, rater, ...form));
  return schoolFigures(takeSnapshot(roundOf(outline, ratings)), outline);
};
const of = (view: 'director' | 'ib' | 'teacher', changes: ReturnType<typeof schoolChange>) =>
  changes.find((change) => change.view === view);
const earlier = round(['ib', 3, 3, 3, 3, 3, 1], ['director', 4, 4, 4, 4, 4, 4]);
const later = round(['ib', 4, 4, 4, 3, 3, 'C'], ['director', 3, 3, 3, 4, 4, 4]);

describe('change of a school', () => {
  it('is over the aspects that were judged in both rounds', () => {
    expect(of('ib', schoolChange(earlier, later, SAME))).toEqual({
      view: 'ib',
      competency: 'C1',
      status: 'ok',
      from: 3,
      to: 3.6,
      change: 0.6,
      common: 5,
      band: 'clearly_higher',
    });
    expect(of('director', schoolChange(earlier, later, SAME))).toMatchObject({ change: -0.5, band: 'clearly_lower' });
  });

  it('of the director needs the same director, of the others not', () => {
    const changes = schoolChange(earlier, later, { ib: true, director: false });
    expect(of('director', changes)).toMatchObject({ status: 'director_changed', change: null, band: null });
    expect(of('ib', changes)?.status).toBe('ok');
  });

  it('needs the same IB’er and both rounds', () => {
    const other = schoolChange(earlier, later, { ib: false, director: true });
    expect(other.map(({ status }) => status)).toEqual(['ratee_changed', 'ratee_changed', 'ratee_changed']);
    expect(of('ib', schoolChange(earlier, null, SAME))?.status).toBe('round_missing');
    expect(of('ib', schoolChange(null, later, SAME))?.status).toBe('round_missing');
    expect(schoolChange(null, null, SAME)).toEqual([]);
  });

  it('with too few common aspects says why', () => {
    const half = round(['ib', 4, 4, 4], ['director', 'C', 4, 4, 4, 4, 4]);
    expect(of('ib', schoolChange(earlier, half, SAME))).toMatchObject({
      status: 'insufficient',
      change: null,
      common: 3,
      reason: 'too_few_judged',
    });
    const other = round(['director', 4, 4, 4, 4, 4, 'C']);
    expect(of('director', schoolChange(half, other, SAME))).toMatchObject({ common: 4, reason: 'too_few_judged' });
    expect(of('ib', schoolChange(earlier, other, SAME))?.reason).toBe('not_judged');
    expect(of('teacher', schoolChange(earlier, later, SAME))?.reason).toBe('not_judged');
  });

  it('leaves out what was asked in other words, which still counts for what is needed', () => {
    const alike = (...codes: string[]) => of('ib', schoolChange(earlier, later, SAME, new Set(codes)));
    expect(alike('a1', 'a2', 'a3', 'a4', 'a5', 'a6')).toEqual(of('ib', schoolChange(earlier, later, SAME)));
    // Of six aspects five are needed.
    const all = round(['ib', 3, 3, 3, 3, 3, 1]);
    const now = round(['ib', 4, 4, 4, 4, 4, 5]);
    const five = of('ib', schoolChange(all, now, SAME, new Set(['a1', 'a2', 'a3', 'a4', 'a5'])));
    expect(five).toMatchObject({ status: 'ok', common: 5, from: 3, to: 4 });
    expect(alike('a1', 'a2', 'a3', 'a4')).toEqual({
      ...{ view: 'ib', competency: 'C1', status: 'reworded', common: 4 },
      ...{ from: null, to: null, change: null, band: null },
    });
  });

  it('says that the words changed only where they are the cause', () => {
    const half = round(['ib', 4, 4, 4]);
    const one = schoolChange(earlier, half, SAME, new Set(['a1']));
    expect(of('ib', one)).toMatchObject({ status: 'insufficient', reason: 'too_few_judged' });
    const another = schoolChange(earlier, later, { ib: true, director: false }, new Set());
    expect(of('director', another)?.status).toBe('director_changed');
  });

  it('of the teachers is over cells that are shown in both rounds', () => {
    const three = (...form: ShortAnswer[]) =>
      round(['teacher', ...form], ['teacher', ...form], ['teacher', 5, 5, 5, 5, 5, 5]);
    expect(of('teacher', schoolChange(three(2, 2, 2, 2, 2, 'C'), three('C', 2, 2, 2, 2, 2), SAME))).toMatchObject({
      status: 'insufficient',
      common: 4,
      reason: 'hidden_cells',
    });
    const hidden = round(['teacher', 1, 1, 1, 1, 1, 1]);
    expect(of('teacher', schoolChange(hidden, three(2, 2, 2, 2, 2, 2), SAME))?.reason).toBe('view_hidden');
  });
});
