import { describe, expect, it } from 'vitest';
import { classifyAspect } from './classify-aspect.ts';
import { levelOf, levelTakenOff, viewDifferences } from './view-differences.ts';

const level = { ib_director: 1, ib_teacher: 0.5, director_teacher: -0.5 };

describe('the differences of an aspect', () => {
  it('are those between the IB’er and the others, and between director and teachers', () => {
    expect(viewDifferences({ director: 2, ib: 5, teacher: 3 })).toEqual({ self: 2.5, others: -1 });
    expect(viewDifferences({ director: 2, ib: 5, teacher: null })).toEqual({ self: 3, others: null });
    expect(viewDifferences({ director: null, ib: 5, teacher: null })).toEqual({ self: null, others: null });
  });

  it('without the level are less what each pair differs over the whole list', () => {
    expect(viewDifferences({ director: 2, ib: 5, teacher: 3 }, level)).toEqual({ self: 1.75, others: -0.5 });
    expect(viewDifferences({ director: 2, ib: 5, teacher: null }, level)).toEqual({ self: 2, others: null });
  });

  it('without a level that is not known are not there', () => {
    const unknown = { ib_director: null, ib_teacher: null, director_teacher: null };
    expect(viewDifferences({ director: 2, ib: 5, teacher: 3 }, unknown)).toEqual({ self: null, others: null });
  });

  it('a level of nothing changes nothing', () => {
    const none = { ib_director: 0, ib_teacher: 0, director_teacher: 0 };
    const scores = { director: 2, ib: 4, teacher: 3 };
    expect(viewDifferences(scores, none)).toEqual(viewDifferences(scores));
  });
});

it('an aspect that differs only as much as the whole list does is, without the level, of one picture', () => {
  const scores = { director: 3, ib: 5, teacher: 3 };
  const high = { ib_director: 1, ib_teacher: 1, director_teacher: 0 };
  expect(classifyAspect(scores)).toBe('blind_spot');
  expect(classifyAspect(scores, viewDifferences(scores, high))).toBe('in_agreement');
});

describe('a level of which one pair is not known', () => {
  const gapsOf = (given: Readonly<Record<keyof typeof level, number | null>>) => ({
    ib_director: { gap: given.ib_director },
    ib_teacher: { gap: given.ib_teacher },
    director_teacher: { gap: given.director_teacher },
  });

  it.each(['ib_director', 'ib_teacher', 'director_teacher'] as const)('has %s from the other two', (pair) => {
    const gaps = gapsOf({ ...level, [pair]: null });
    expect(levelTakenOff(gaps)).toEqual(level);
    expect(levelOf(gaps)[pair]).toBeNull();
  });

  it('stays as it is where it is whole, and where more is not known', () => {
    const other = { ...level, director_teacher: 3 };
    expect(levelTakenOff(gapsOf(other))).toEqual(other);
    const two = { ...level, ib_director: null, director_teacher: null };
    expect(levelTakenOff(gapsOf(two))).toEqual(two);
  });
});
