import { describe, expect, it } from 'vitest';
import { addDays, dayOf, daysBetween, hourOf, isWeekday, parseDay, startOfDay } from './days.ts';

describe('a day', () => {
  it('is that of Amsterdam, in winter and in summer', () => {
    expect(dayOf(new Date('2026-01-15T22:59:00Z'))).toBe('2026-01-15');
    expect(dayOf(new Date('2026-01-15T23:00:00Z'))).toBe('2026-01-16');
    expect(dayOf(new Date('2026-07-15T22:00:00Z'))).toBe('2026-07-16');
  });

  it('knows the hour of the clock, also in the night in which it is set', () => {
    expect(hourOf(new Date('2026-01-15T23:30:00Z'))).toBe(0);
    expect(hourOf(new Date('2026-03-29T00:59:00Z'))).toBe(1);
    expect(hourOf(new Date('2026-03-29T01:00:00Z'))).toBe(3);
    expect([hourOf(new Date('2026-10-25T00:30:00Z')), hourOf(new Date('2026-10-25T01:30:00Z'))]).toEqual([2, 2]);
  });

  it('is counted in days, not in hours, over a change of the clock', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-10-26', '2026-10-24')).toBe(-2);
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });

  it('is a weekday from Monday to Friday', () => {
    const week = ['2026-03-02', '2026-03-06', '2026-03-07', '2026-03-08'];
    expect(week.map(isWeekday)).toEqual([true, true, false, false]);
  });
});

describe('a typed day', () => {
  it.each([
    ['2026-03-02', '2026-03-02'],
    ['02-03-2026', '2026-03-02'],
    [' 2-3-2026 ', '2026-03-02'],
    ['29-02-2028', '2028-02-29'],
  ])('%s is %s', (typed, day) => expect(parseDay(typed)).toBe(day));

  it.each(['', 'morgen', '31-06-2026', '29-02-2026', '2026-13-01', '2026-3-1', '02/03/2026'])('%s is none', (typed) =>
    expect(parseDay(typed)).toBeNull(),
  );
});

describe('the beginning of a day', () => {
  it.each([
    ['2026-11-26', 0, '2026-11-25T23:00:00.000Z'],
    ['2026-07-01', 0, '2026-06-30T22:00:00.000Z'],
    // The clocks go forward on 29 March 2026 and back on 25 October: the day has 23 and 25 hours.
    ['2026-03-29', 0, '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', 1, '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 0, '2026-10-24T22:00:00.000Z'],
    ['2026-10-25', 1, '2026-10-25T23:00:00.000Z'],
    ['2026-12-31', 1, '2026-12-31T23:00:00.000Z'],
  ])('%s, %i later, begins at %s', (day, later, moment) => {
    expect(startOfDay(day, later)?.toISOString()).toBe(moment);
  });

  it.each(['', '2026-02-30', '2026-13-01', '26-11-2026', '2026-11-26T00:00', 'x'])('%s is no day', (day) => {
    expect(startOfDay(day)).toBeNull();
  });
});
