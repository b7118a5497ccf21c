import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyAspect } from './classify-aspect.ts';
import { competencyScore } from './competency-score.ts';
import { elevation } from './elevation.ts';
import { matchedGap } from './gap.ts';
import { changeBand, matchedChange } from './matched-change.ts';
import { profile } from './profile.ts';
import { tallyRatings } from './tally.ts';
import { thenTest } from './then-test.ts';
import type { Rating, Score } from './types.ts';

const score = fc.option(fc.integer({ min: 1, max: 5 }), { nil: null });
const twoViews = fc.integer({ min: 1, max: 30 }).chain((length) => {
  const view = fc.array(score, { minLength: length, maxLength: length });
  return fc.tuple(view, view);
});
const rating: fc.Arbitrary<Rating> = fc
  .record({
    rater: fc.integer({ min: 1, max: 6 }),
    role: fc.constantFrom('director' as const, 'ib' as const, 'teacher' as const),
    aspect: fc.constantFrom('a', 'b', 'c'),
    score,
    unclear: fc.boolean(),
  })
  .map((one) => ({ ...one, status: one.score === null ? 'cannot_judge' : 'judged' }));
const near = (value: number | null, expected: number | null) =>
  value === null || expected === null ? value === expected : Math.abs(value - expected) < 1e-9;

describe('a gap', () => {
  it('turns its sign when the views change places', () => {
    fc.assert(
      fc.property(twoViews, ([x, y]) => {
        const [there, back] = [matchedGap(x, y), matchedGap(y, x)];
        expect(there.common).toBe(back.common);
        expect(near(there.gap, back.gap === null ? null : -back.gap)).toBe(true);
      }),
    );
  });

  it('does not change with a score that only one view gave', () => {
    fc.assert(
      fc.property(twoViews, fc.integer({ min: 1, max: 5 }), ([x, y], other) => {
        const alone = x.map((value, index) => (value !== null && y[index] === null ? other : value));
        expect(matchedGap(alone, y)).toEqual(matchedGap(x, y));
      }),
    );
  });

  it('over all aspects is the elevation of the profile', () => {
    fc.assert(
      fc.property(twoViews, ([x, y]) => {
        expect(near(profile(x, y).elevation, matchedGap(x, y).gap)).toBe(true);
      }),
    );
  });
});

it('answers are tallied alike in any order', () => {
  const answered = fc.uniqueArray(rating, { selector: (one) => `${one.role} ${one.rater} ${one.aspect}` });
  const sorted = (ratings: Rating[]) =>
    Object.values(tallyRatings(ratings)).map((view) => [...view].sort(([a], [b]) => a.localeCompare(b)));
  fc.assert(
    fc.property(answered, (ratings) => {
      expect(sorted([...ratings].reverse())).toEqual(sorted(ratings));
    }),
  );
});

it('a score lies between the lowest and the highest that went in', () => {
  fc.assert(
    fc.property(fc.array(score, { maxLength: 30 }), (scores) => {
      const judged = scores.filter((value) => value !== null);
      const found = competencyScore(scores);
      expect(found.judged).toBe(judged.length);
      if (found.score === null) return;
      expect(found.score).toBeGreaterThanOrEqual(Math.min(...judged));
      expect(found.score).toBeLessThanOrEqual(Math.max(...judged));
    }),
  );
});

it('director and teachers may change places without changing the class of an aspect', () => {
  fc.assert(
    fc.property(score, score, score, (director, ib, teacher) => {
      const swapped = { director: teacher, ib, teacher: director };
      expect(classifyAspect(swapped)).toBe(classifyAspect({ director, ib, teacher }));
    }),
  );
});

it('change is later minus earlier over the aspects of both rounds', () => {
  fc.assert(
    fc.property(twoViews, ([earlier, later]) => {
      const { from, to, change } = matchedChange(earlier, later);
      expect(near(change, from === null || to === null ? null : to - from)).toBe(true);
    }),
  );
});

it('the conventional change is the adjusted one plus the response shift', () => {
  const answer: fc.Arbitrary<Score> = score;
  const lookBacks = fc.array(fc.record({ start: answer, now: answer, then: answer }), { maxLength: 20 });
  fc.assert(
    fc.property(lookBacks, (answers) => {
      const { conventional, adjusted, responseShift } = thenTest(answers);
      const sum =
        adjusted.change === null || responseShift.change === null ? null : adjusted.change + responseShift.change;
      expect(near(conventional.change, sum)).toBe(true);
    }),
  );
});

it('a school’s change is called clear from half a point on, both ways', () => {
  expect(changeBand(0.49)).toBe('no_clear_change');
  expect(changeBand(-0.49)).toBe('no_clear_change');
  expect(changeBand(0.5 - 1e-12)).toBe('clearly_higher');
  expect(changeBand(-0.5)).toBe('clearly_lower');
});

describe('elevation', () => {
  it('is the mean of self − director and self − teachers, and says which of them it has', () => {
    const both = elevation({ ib_director: 0.8, ib_teacher: 0.4, director_teacher: -0.4 });
    expect(both).toMatchObject({ selfDirection: 'higher', basis: ['ib_director', 'ib_teacher'] });
    expect(both.self).toBeCloseTo(0.6, 12);
    expect(both).toMatchObject({ others: -0.4, othersDirection: 'similar' });
    const one = elevation({ ib_director: null, ib_teacher: -0.5, director_teacher: null });
    expect(one).toMatchObject({ self: -0.5, selfDirection: 'lower', basis: ['ib_teacher'], others: null });
  });

  it('is null without anyone to compare with', () => {
    const none = elevation({ ib_director: null, ib_teacher: null, director_teacher: 0.9 });
    expect(none).toEqual({ self: null, selfDirection: null, basis: [], others: 0.9, othersDirection: 'higher' });
  });
});
