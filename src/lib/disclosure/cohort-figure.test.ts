import { describe, expect, it } from 'vitest';
import { nestedPartTold, toldBeside } from './cohort-figure.ts';

const schools = (...range: [number, number]) =>
  new Set(Array.from({ length: range[1] - range[0] }, (_, index) => `school ${range[0] + index}`));
const MOST = 10;
/** Each is one school of its own people. */
const each = ({ size }: ReadonlySet<string>) => size;

describe('the means of one thing over two groups may both be told', () => {
  it('when the groups are equal, or have nobody in common', () => {
    expect(nestedPartTold(schools(0, 6), schools(0, 6), MOST, each)).toBe(true);
    expect(nestedPartTold(schools(0, 6), schools(6, 12), MOST, each)).toBe(true);
  });

  it('when whoever is in one only are five, and not when they are fewer', () => {
    expect(nestedPartTold(schools(0, 10), schools(0, 5), MOST, each)).toBe(true);
    expect(nestedPartTold(schools(0, 10), schools(0, 9), MOST, each)).toBe(false);
    expect(nestedPartTold(schools(0, 9), schools(0, 10), MOST, each)).toBe(false);
    expect(nestedPartTold(schools(0, 8), schools(1, 9), MOST, each)).toBe(false);
  });

  it('when those five are five people: five schools of one are not', () => {
    expect(nestedPartTold(schools(0, 10), schools(0, 5), MOST, () => 1)).toBe(false);
    expect(nestedPartTold(schools(0, 10), schools(0, 10), MOST, () => 0)).toBe(true);
  });

  it('when one decimal hides a single one among so many, if that is said of what it is about', () => {
    expect(nestedPartTold(schools(0, 12), schools(0, 11), MOST, each)).toBe(true);
    expect(nestedPartTold(schools(0, 12), schools(0, 11), Infinity, each)).toBe(false);
  });
});

describe('a mean over some aspects may be told beside what was told before', () => {
  const told = (aspects: number, group: ReadonlySet<string>, about = 'ib') => ({
    ...{ about, group },
    aspects: new Set(Array.from({ length: aspects }, (_, index) => `C1.0${index + 1}`)),
  });
  const others = { ...told(3, schools(0, 9)), aspects: new Set(['C2.01', 'C2.02', 'C2.03']) };

  it('when that is of something else, or of mostly other aspects', () => {
    const beside = [told(8, schools(0, 10), 'director'), others, told(13, schools(0, 10))];
    expect(toldBeside(beside, told(6, schools(0, 9)), each)).toBe(true);
    expect(toldBeside([told(12, schools(0, 10))], told(6, schools(0, 9)), each)).toBe(false);
  });
  it('when no group differs from its own by a few of at most ten', () => {
    expect(toldBeside([told(8, schools(0, 9)), told(6, schools(0, 4))], told(5, schools(0, 9)), each)).toBe(true);
    expect(toldBeside([told(8, schools(0, 9)), told(6, schools(0, 10))], told(5, schools(0, 9)), each)).toBe(false);
  });
  it('among more schools only when one of the two is over more than a few aspects', () => {
    expect(toldBeside([told(8, schools(0, 12))], told(3, schools(0, 11)), each)).toBe(true);
    expect(toldBeside([told(4, schools(0, 12))], told(3, schools(0, 11)), each)).toBe(false);
  });
});
