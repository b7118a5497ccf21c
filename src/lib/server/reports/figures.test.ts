import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rating } from '#lib/analysis/types.ts';
import { REASONS } from '#lib/disclosure/reason.ts';
import type { Outline } from '#lib/instrument/types.ts';
import { schoolFigures } from './figures.ts';
import { answers, aspectsOf, outlineOf, roundOf } from './school-round-fixture.ts';
import type { ShortAnswer } from './school-round-fixture.ts';
import type { SnapshotInput } from './snapshot.ts';
import { takeSnapshot } from './snapshot.ts';

const five = outlineOf(5);
const figuresOf = (outline: Outline, ratings: Rating[], over: Partial<SnapshotInput> = {}) =>
  schoolFigures(takeSnapshot(roundOf(outline, ratings, over)), outline);
const director = answers('director', 1, 3, 3, 3, 3, 3);
const ib = answers('ib', 2, 4, 4, 4, 4, 4);
const teachers = (count: number) =>
  Array.from({ length: count }, (_, index) => answers('teacher', 10 + index, 2, 2, 2, 2, 2)).flat();

describe('the figures of a school round', () => {
  it('are null with a reason, never null alone', () => {
    const figures = figuresOf(five, [...director, ...teachers(2)]);
    const [competency] = figures.competencies;
    expect(competency?.views).toEqual({
      director: { score: 3, judged: 5, status: 'ok' },
      ib: { score: null, judged: 0, status: 'none', reason: 'not_judged' },
      teacher: { score: null, judged: 0, status: 'suppressed', reason: 'view_hidden' },
    });
    expect(competency?.gaps).toEqual({
      ib_director: { gap: null, common: 0, reason: 'not_judged' },
      ib_teacher: { gap: null, common: 0, reason: 'view_hidden' },
      director_teacher: { gap: null, common: 0, reason: 'view_hidden' },
    });
    expect(figures.overall.gaps).toEqual(competency?.gaps);
    expect(figures.aspects[0]?.views.teacher).toEqual({ score: null, reason: 'view_hidden' });
  });

  it('without the teachers compare with the director alone', () => {
    const [aspect] = figuresOf(five, [...director, ...ib, ...teachers(2)]).aspects;
    expect(aspect).toMatchObject({ class: 'in_agreement', reading: 'shared_view', competency: 'C1' });
    const [with3] = figuresOf(five, [...director, ...ib, ...teachers(3)]).aspects;
    expect(with3).toMatchObject({ class: 'blind_spot', reading: 'seen_differently' });
  });

  it('name a competency that a role mostly cannot see as such, not as a shortage', () => {
    const aspects = [...aspectsOf(2, ['director', 'ib', 'teacher']), ...aspectsOf(5, ['ib', 'teacher']).slice(2)];
    const outline = { competencies: [{ code: 'C1', aspects }] };
    const [competency] = figuresOf(outline, [...answers('director', 1, 3, 3, 'C', 'C', 'C'), ...ib]).competencies;
    expect(competency?.views.director).toEqual({
      score: null,
      judged: 2,
      status: 'insufficient',
      reason: 'not_visible_for_role',
    });
    expect(competency?.gaps.ib_director).toEqual({ gap: null, common: 2, reason: 'not_visible_for_role' });
  });

  it('say too few judged, and hidden cells where protected teachers’ cells are lacking', () => {
    const ratings = [...answers('director', 1, 3, 3, 3), ...ib, ...teachers(2), ...answers('teacher', 12, 2, 2, 2)];
    const [competency] = figuresOf(five, ratings).competencies;
    expect(competency?.views.director.reason).toBe('too_few_judged');
    expect(competency?.views.teacher).toEqual({
      score: null,
      judged: 3,
      status: 'insufficient',
      reason: 'hidden_cells',
    });
    expect(competency?.gaps.ib_director).toEqual({ gap: null, common: 3, reason: 'too_few_judged' });
    expect(competency?.gaps.ib_teacher).toEqual({ gap: null, common: 3, reason: 'hidden_cells' });
    expect(competency?.gaps.director_teacher).toEqual({ gap: null, common: 3, reason: 'too_few_judged' });
  });

  it('read an aspect that the cohort flags as one to check first', () => {
    const flags = new Map([
      ['a1', ['U'] as const],
      ['a2', ['C_teacher'] as const],
    ]);
    const figures = figuresOf(five, [...director, ...ib], { flags });
    expect(figures.aspects.map(({ reading }) => reading).slice(0, 2)).toEqual(['check_meaning', 'shared_view']);
  });

  it('refuse a snapshot of another list', () => {
    const snapshot = takeSnapshot(roundOf(outlineOf(4), ib));
    expect(() => schoolFigures(snapshot, five)).toThrow('a5');
  });
});

describe('the viewer', () => {
  const all = takeSnapshot(roundOf(five, [...director, ...ib, ...teachers(3)]));
  const directorOnly = takeSnapshot(roundOf(five, [...director, ...teachers(3)]));

  it('who did not submit sees no score, gap or class with the other’s answers', () => {
    const figures = schoolFigures(directorOnly, five, 'ib');
    const [competency] = figures.competencies;
    expect(competency?.views.director).toEqual({
      score: null,
      judged: 0,
      status: 'suppressed',
      reason: 'other_not_submitted',
    });
    expect(competency?.gaps.director_teacher.reason).toBe('other_not_submitted');
    expect(figures.aspects.every((aspect) => aspect.class === 'insufficient')).toBe(true);
    expect(schoolFigures(directorOnly, five, 'director').competencies[0]?.views.director.score).toBe(3);
  });

  it('makes no difference once both have submitted', () => {
    expect(schoolFigures(all, five, 'ib')).toEqual(schoolFigures(all, five));
    expect(schoolFigures(all, five, 'director')).toEqual(schoolFigures(all, five));
  });
});

describe('withheld scores', () => {
  const answer = fc.constantFrom<ShortAnswer>(1, 2, 3, 4, 5, 'C', 'M');
  const form = fc.array(answer, { minLength: 6, maxLength: 6 });
  const outline = outlineOf(6);
  const rate = (forms: ShortAnswer[][]) => forms.flatMap((one, index) => answers('teacher', 10 + index, ...one));
  const school = (ratings: Rating[]) => [
    ...answers('director', 1, 3, 3, 3, 'C', 3, 3),
    ...answers('ib', 2, 5, 5, 1, 1, 5, 5),
    ...ratings,
  ];
  const flipped = (rating: Rating): Rating => ({ ...rating, score: rating.score === null ? null : 6 - rating.score });

  it('of cells below three never change the snapshot, so no figure, in protected mode', () => {
    fc.assert(
      fc.property(fc.array(form, { maxLength: 5 }), (forms) => {
        const ratings = rate(forms);
        const judged = (aspect: string) => ratings.filter((one) => one.aspect === aspect && one.score !== null).length;
        const responses = new Set(ratings.map(({ rater }) => rater)).size;
        const changed = ratings.map((one) => (responses < 3 || judged(one.aspect) < 3 ? flipped(one) : one));
        const document = (all: Rating[]) => JSON.stringify(takeSnapshot(roundOf(outline, school(all))));
        expect(document(changed)).toBe(document(ratings));
      }),
    );
  });

  it('of a view without consent never change a figure, in open mode', () => {
    fc.assert(
      fc.property(fc.array(form, { minLength: 1, maxLength: 3 }), (forms) => {
        const figures = (all: Rating[]) => {
          const input = roundOf(outline, school(all), { mode: 'open' });
          const raters = [...input.raters, { rater: 99, role: 'teacher' as const, consent: false }];
          return JSON.stringify(schoolFigures(takeSnapshot({ ...input, raters }), outline));
        };
        const ratings = rate(forms);
        expect(figures(ratings.map(flipped))).toBe(figures(ratings));
      }),
    );
  });

  it('of protected cells, judged or not, show the same reasons', () => {
    fc.assert(
      fc.property(fc.array(form, { minLength: 3, maxLength: 5 }), (forms) => {
        const ratings = rate(forms);
        const judged = (aspect: string) => ratings.filter((one) => one.aspect === aspect && one.score !== null).length;
        const none = ratings.map((one): Rating =>
          judged(one.aspect) < 3 ? { ...one, status: 'cannot_judge', score: null } : one,
        );
        const reasons = (all: Rating[]) => {
          const { competencies, aspects } = figuresOf(outline, school(all));
          return JSON.stringify([competencies, aspects.map(({ views }) => views)]);
        };
        expect(reasons(none)).toBe(reasons(ratings));
      }),
    );
  });

  it('leave a reason of the closed list at every null, and none beside a figure', () => {
    fc.assert(
      fc.property(
        fc.array(form, { maxLength: 4 }),
        fc.constantFrom('open' as const, 'protected' as const),
        (forms, mode) => {
          const { competencies, overall, aspects } = figuresOf(outline, school(rate(forms)), { mode });
          const scores = [...competencies, ...aspects].flatMap(({ views }) =>
            Object.values(views).map(({ score: value, reason }) => ({ value, reason })),
          );
          const gaps = [...competencies, overall].flatMap((one) =>
            Object.values(one.gaps).map(({ gap: value, reason }) => ({ value, reason })),
          );
          const known: readonly (string | undefined)[] = REASONS;
          const wrong = [...scores, ...gaps].filter(({ value, reason }) => (value === null) !== known.includes(reason));
          expect(wrong).toEqual([]);
        },
      ),
    );
  });
});
