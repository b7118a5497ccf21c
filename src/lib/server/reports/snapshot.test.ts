import { describe, expect, it } from 'vitest';
import { CONSTANTS } from '#lib/analysis/constants.ts';
import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import { answers, aspectsOf, outlineOf, roundOf } from './school-round-fixture.ts';
import type { ShortAnswer } from './school-round-fixture.ts';
import { takeSnapshot, tallySubmitted } from './snapshot.ts';

const teachers = (...forms: ShortAnswer[][]) => forms.flatMap((form, rater) => answers('teacher', rater, ...form));
const cell = (snapshot: Snapshot, view: 'director' | 'ib' | 'teacher', index = 0) =>
  snapshot.aspects[index]?.views[view];
const one = outlineOf(1);

describe('cells of the teachers', () => {
  it('are shown from three judged scores in protected mode', () => {
    const ratings = teachers([4, 4], [4, 5], [5, 'C']);
    const snapshot = takeSnapshot(roundOf(outlineOf(2), ratings));
    expect(cell(snapshot, 'teacher')?.score).toBeCloseTo(13 / 3, 12);
    expect(cell(snapshot, 'teacher', 1)).toEqual({
      score: null,
      reason: 'hidden_cells',
      unclear: false,
      notObserved: false,
    });
  });

  it('are all withheld below three submitted teachers in protected mode', () => {
    const snapshot = takeSnapshot(roundOf(one, teachers(['5u'], ['U'])));
    expect(snapshot.views.teacher).toEqual({ invited: 5, answered: 2, state: 'view_hidden' });
    expect(cell(snapshot, 'teacher')).toEqual({
      score: null,
      reason: 'view_hidden',
      unclear: false,
      notObserved: false,
    });
  });

  it('are shown from one teacher with consent in open mode', () => {
    const snapshot = takeSnapshot(roundOf(one, teachers([2]), { mode: 'open' }));
    expect(cell(snapshot, 'teacher')?.score).toBe(2);
  });

  it('are all withheld when one of the open teachers did not consent', () => {
    const input = roundOf(one, teachers([2], [3]), { mode: 'open' });
    const raters = input.raters.map((rater, index) => ({ ...rater, consent: index === 0 }));
    const snapshot = takeSnapshot({ ...input, raters });
    expect(snapshot.views.teacher.state).toBe('consent');
    expect(cell(snapshot, 'teacher')).toMatchObject({ score: null, reason: 'consent' });
  });

  it('do not tell whether nobody, one or two teachers judged', () => {
    const cellOf = (...third: ShortAnswer[]) =>
      cell(takeSnapshot(roundOf(one, teachers(...third.map((answer) => [answer])))), 'teacher');
    expect(cellOf('C', 'C', 4, 4, 'C', 'C')).toEqual(cellOf('C', 'C', 'C', 'C', 'C', 'C'));
    expect(cellOf(1, 'C', 4, 'M', 'M', 'M')).toEqual(cellOf(5, 'C', 3, 'M', 'M', 'M'));
  });
});

describe('who counts', () => {
  it('an answer without a submitted response does not', () => {
    const ratings = [...teachers([4], [4], [4]), ...answers('director', 9, 2)];
    const input = roundOf(one, ratings);
    const raters = input.raters.filter(({ role }) => role === 'teacher');
    const snapshot = takeSnapshot({ ...input, raters });
    expect(snapshot.views.director).toEqual({ invited: 1, answered: 0, state: 'none' });
    expect(cell(snapshot, 'director')).toMatchObject({ score: null, reason: 'not_judged' });
    expect(tallySubmitted({ ratings, raters }).director.size).toBe(0);
  });

  it('a person who rates in two roles is two raters', () => {
    const ratings = [...answers('director', 1, 2), ...answers('ib', 1, 5)];
    const input = roundOf(one, ratings);
    const snapshot = takeSnapshot({ ...input, raters: input.raters.filter(({ role }) => role === 'ib') });
    expect(cell(snapshot, 'ib')?.score).toBe(5);
    expect(cell(snapshot, 'director')?.score).toBeNull();
  });
});

describe('shares', () => {
  it('of the teachers count from three answers on that aspect in protected mode', () => {
    const shares = (...forms: ShortAnswer[]) => {
      const snapshot = takeSnapshot(roundOf(one, teachers(...forms.map((form) => [form]))));
      const { unclear, notObserved } = cell(snapshot, 'teacher') ?? {};
      return [unclear, notObserved];
    };
    expect(shares('U', 'C', 3)).toEqual([true, true]);
    expect(shares('U', 'C', 'M')).toEqual([false, false]);
    expect(shares('U', 4, 4, 4)).toEqual([false, false]);
    expect(shares('4u', 4, 4)).toEqual([true, false]);
  });

  it('of one open teacher count', () => {
    const snapshot = takeSnapshot(roundOf(one, teachers(['C']), { mode: 'open' }));
    expect(cell(snapshot, 'teacher')).toEqual({
      score: null,
      reason: 'not_judged',
      unclear: false,
      notObserved: true,
    });
  });

  it('of a role that the list leaves out never make an aspect not observed, but may make it unclear', () => {
    const outline = { competencies: [{ code: 'C1', aspects: aspectsOf(1, ['ib', 'teacher']) }] };
    const snapshot = takeSnapshot(roundOf(outline, [...answers('director', 1, 'U'), ...answers('ib', 2, 'C')]));
    expect(cell(snapshot, 'director')).toEqual({
      score: null,
      reason: 'not_visible_for_role',
      unclear: true,
      notObserved: false,
    });
    expect(cell(snapshot, 'ib')?.notObserved).toBe(true);
  });
});

describe('the document', () => {
  const input = roundOf(outlineOf(2), [...teachers([4, 4], [5, 3], [3, 'C']), ...answers('ib', 7, 4, 'C')], {
    flags: new Map([['a2', ['U', 'C_teacher'] as const]]),
    remarks: [
      { rater: 7, role: 'ib', competency: 'C1', aspect: 'a1', text: 'gaat goed' },
      { rater: 8, role: 'director', competency: 'C1', aspect: 'a1', text: 'niet ingediend' },
    ],
  });
  const snapshot = takeSnapshot(input);

  it('survives a round trip through JSON', () => {
    expect(JSON.parse(JSON.stringify(snapshot))).toStrictEqual(snapshot);
  });

  it('names its version, the constants, the list and the mode, and holds the cohort’s flags', () => {
    expect(snapshot).toMatchObject({ snapshotVersion: 1, constants: CONSTANTS.version, mode: 'protected' });
    expect(snapshot.instrument).toEqual({ key: 'list', version: '1.0.0' });
    expect(snapshot.aspects.map(({ flags }) => flags)).toEqual([[], ['U', 'C_teacher']]);
  });

  it('holds remarks of submitted responses only', () => {
    expect(snapshot.remarks.map(({ text }) => text)).toEqual(['gaat goed']);
  });

  it('every cell has either a score or a reason', () => {
    const cells = snapshot.aspects.flatMap(({ views }) => Object.values(views));
    expect(cells).toHaveLength(6);
    expect(cells.filter(({ score, reason }) => (score === null) !== (reason !== undefined))).toEqual([]);
  });
});
