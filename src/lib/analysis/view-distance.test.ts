import { describe, expect, it } from 'vitest';
import { matchedDistance } from './view-distance.ts';

const flat = (count: number, score: number | null) => Array.from({ length: count }, () => score);

describe('how far two views lie apart in two rounds', () => {
  it('is the mean size of their differences, whichever is higher', () => {
    const earlier = { first: [5, 1, 3, 3, 3], second: [3, 3, 3, 3, 3] };
    const later = { first: flat(5, 4), second: flat(5, 3) };
    expect(matchedDistance(earlier, later)).toEqual({ from: 0.8, to: 1 });
  });

  it('is over the aspects that both views judged in both rounds', () => {
    const earlier = { first: [5, 5, 3, 3, 3, 3], second: [1, null, 3, 3, 3, 3] };
    const later = { first: [null, 5, 4, 4, 4, 4], second: [1, 1, 3, 3, 3, 3] };
    expect(matchedDistance(earlier, later)).toBeNull(); // four of six, five are needed
    expect(matchedDistance(earlier, { ...later, first: flat(6, 4) })).toEqual({ from: 0.8, to: 1.4 });
  });

  it('is nothing where a view is missing', () => {
    const one = { first: flat(5, 4), second: flat(5, null) };
    expect(matchedDistance(one, one)).toBeNull();
    expect(matchedDistance({ first: [], second: [] }, { first: [], second: [] })).toBeNull();
  });
});
