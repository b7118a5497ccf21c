import { describe, expect, it } from 'vitest';
import { formatDifference, formatList, formatMean, formatScore } from './numbers.ts';

describe('figures on a screen', () => {
  it('have a decimal comma in Dutch and a point in English', () => {
    expect(formatScore(3.75, 'nl')).toBe('3,8');
    expect(formatScore(3.75, 'en')).toBe('3.8');
  });

  it('show a score of one rater as it was given, and a mean always with its decimal', () => {
    expect(formatScore(5, 'nl')).toBe('5');
    expect(formatMean(4, 'nl')).toBe('4,0');
  });

  it('are rounded halves away from zero, as the analysis rounds for display', () => {
    expect(formatMean(2.25, 'nl')).toBe('2,3');
    expect(formatDifference(-0.25, 'nl')).toBe('−0,3');
  });

  it('show a difference with its sign, and none at all without', () => {
    expect(formatDifference(0.5, 'nl')).toBe('+0,5');
    expect(formatDifference(-0.04, 'nl')).toBe('0,0');
  });

  it('stand in a row with the last one after "en"', () => {
    expect(formatList(['a', 'b', 'c'], 'nl')).toBe('a, b en c');
  });
});
