import { expect, it } from 'vitest';
import { dayText } from './dates.ts';
import { dayTimeText } from './moments.ts';

it('a moment is told as the day it was in Amsterdam, not in UTC', () => {
  expect(dayText('2026-06-30T22:30:00.000Z', 'nl')).toBe('01-07-2026');
  expect(dayText('2026-12-31T22:30:00.000Z', 'nl')).toBe('31-12-2026');
  expect(dayText('2026-12-31T23:30:00.000Z', 'en')).toBe('01/01/2027');
});

it('a moment with its time is told as the clock stood in Amsterdam', () => {
  expect(dayTimeText(new Date('2026-06-30T22:30:00.000Z'), 'nl')).toBe('01-07-2026 00:30');
  expect(dayTimeText(new Date('2026-12-31T08:05:00.000Z'), 'en')).toBe('31/12/2026 09:05');
});
