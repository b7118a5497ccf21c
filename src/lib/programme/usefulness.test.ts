import { describe, expect, it } from 'vitest';
import { meanOverSessions, spreadOf } from './usefulness.ts';

describe('how useful a session was', () => {
  it('is a spread with its number, mean and median', () => {
    expect(spreadOf([8, 7, 10, 7, 0])).toEqual({
      n: 5,
      counts: [1, 0, 0, 0, 0, 0, 0, 2, 1, 0, 1],
      mean: 6.4,
      median: 7,
    });
    expect(spreadOf([8, 9])?.median).toBe(8.5);
  });

  it('is nothing without answers', () => {
    expect(spreadOf([])).toBeNull();
  });

  it('is over sessions the mean of all answers', () => {
    const mean = meanOverSessions([
      { n: 5, mean: 8 },
      { n: 10, mean: 5 },
    ]);
    expect(mean).toEqual({ n: 15, mean: 6 });
    expect(meanOverSessions([])).toBeNull();
  });
});
