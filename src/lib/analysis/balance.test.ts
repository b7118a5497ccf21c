import { describe, expect, it } from 'vitest';
import { balanceOf, emphasisOf } from './balance.ts';
import { lookBackOf } from './look-back.ts';

describe('the balance of advising and coaching', () => {
  it('is coaching minus advising, and nothing where one of the two is missing', () => {
    expect(balanceOf(4.5, 4)).toBe(0.5);
    expect(balanceOf(null, 4)).toBeNull();
    expect(balanceOf(4, null)).toBeNull();
  });

  it.each([
    [0.5, 'coaching'],
    [0.49, 'even'],
    [-0.49, 'even'],
    [-0.5, 'advising'],
  ])('%d puts the emphasis on %s', (balance, emphasis) => {
    expect(emphasisOf(balance)).toBe(emphasis);
  });
});

describe('looking back', () => {
  it('splits the change in what is seen with the eyes of now and the yardstick that shifted', () => {
    const { conventional, adjusted, responseShift } = lookBackOf({ start: 6, now: 7, then: 4 });
    expect([conventional, adjusted, responseShift]).toEqual([1, 3, -2]);
    expect(conventional).toBe((adjusted ?? 0) + (responseShift ?? 0));
  });

  it('has no figure where an answer is missing', () => {
    expect(lookBackOf({ start: null, now: 7, then: 4 })).toEqual({
      conventional: null,
      adjusted: 3,
      responseShift: null,
    });
  });
});
