import { describe, expect, it } from 'vitest';
import { nestedPartTold } from './cohort-figure.ts';

const schools = (...range: [number, number]) =>
  new Set(Array.from({ length: range[1] - range[0] }, (_, index) => `school ${range[0] + index}`));
const MOST = 10;

describe('the means of one thing over two groups may both be told', () => {
  it('when the groups are equal, or have nobody in common', () => {
    expect(nestedPartTold(schools(0, 6), schools(0, 6), MOST)).toBe(true);
    expect(nestedPartTold(schools(0, 6), schools(6, 12), MOST)).toBe(true);
  });

  it('when whoever is in one only are five, and not when they are fewer', () => {
    expect(nestedPartTold(schools(0, 10), schools(0, 5), MOST)).toBe(true);
    expect(nestedPartTold(schools(0, 10), schools(0, 9), MOST)).toBe(false);
    expect(nestedPartTold(schools(0, 9), schools(0, 10), MOST)).toBe(false);
    expect(nestedPartTold(schools(0, 8), schools(1, 9), MOST)).toBe(false);
  });

  it('when one decimal hides a single one among so many, if that is said of what it is about', () => {
    expect(nestedPartTold(schools(0, 12), schools(0, 11), MOST)).toBe(true);
    expect(nestedPartTold(schools(0, 12), schools(0, 11), Infinity)).toBe(false);
  });
});
