import { expect, it } from 'vitest';
import { MOST_ATTEMPTS, pauseAfter, retryAfter } from './retry-after.ts';

const HOUR = 3_600_000;

it('a mail that is put off is tried again after a minute, and ever later', () => {
  expect(retryAfter(1, 0.5)).toBe(60_000);
  expect(retryAfter(2, 0.5)).toBe(120_000);
  expect(retryAfter(12, 0.5)).toBe(6 * HOUR);
});

it('mails that were put off together come back apart', () => {
  expect(retryAfter(1, 0)).toBe(48_000);
  expect(retryAfter(1, 1)).toBe(72_000);
});

it('a mail is tried for about two days', () => {
  const all = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, index) => retryAfter(index + 1, 0.5));
  const hours = all.reduce((sum, wait) => sum + wait, 0) / HOUR;
  expect(hours).toBeGreaterThan(48);
  expect(hours).toBeLessThan(54);
});

it('a server that is down is tried every five minutes at the least', () => {
  expect(pauseAfter(1, 0.5)).toBe(5000);
  expect(pauseAfter(50, 0.5)).toBe(300_000);
});
