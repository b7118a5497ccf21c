import { expect, it } from 'vitest';
import { startOfDay } from './period.ts';

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
