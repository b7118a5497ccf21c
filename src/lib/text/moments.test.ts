import { expect, it } from 'vitest';
import { dayTimeText, timeText } from './moments.ts';

it('a moment is told in the time of Amsterdam, summer and winter', () => {
  expect(timeText(new Date('2026-11-26T23:05:00Z'), 'nl')).toBe('00:05');
  expect(timeText(new Date('2026-07-01T08:00:00Z'), 'en')).toBe('10:00');
  expect(dayTimeText(new Date('2026-11-26T23:05:00Z'), 'nl')).toBe('27-11-2026 00:05');
  expect(dayTimeText(new Date('2026-11-26T23:05:00Z'), 'en')).toBe('27/11/2026 00:05');
});
