import { describe, expect, it } from 'vitest';
import { newToken } from '#lib/server/ids.ts';
import { TooManyAttempts } from './guesses-service.ts';
import { keepPace, PACES } from './pace-service.ts';

/** How many of these come through at this moment, in milliseconds. */
function through(subject: string, tries: number, now: number): number {
  let count = 0;
  for (let nth = 0; nth < tries; nth += 1) {
    try {
      keepPace('file', subject, now);
      count += 1;
    } catch (cause) {
      expect(cause).toBeInstanceOf(TooManyAttempts);
    }
  }
  return count;
}

describe('a pace', () => {
  const { atOnce, perSecond } = PACES.file;

  it('lets so many through at once, and so many a second from then on', () => {
    const subject = newToken();
    expect(through(subject, atOnce + 50, 0)).toBe(atOnce);
    expect(through(subject, 50, 10_000)).toBe(10 * perSecond);
    expect(through(subject, atOnce + 50, 10_000_000)).toBe(atOnce);
  });

  it('is each one’s own', () => {
    const [one, other] = [newToken(), newToken()];
    through(one, atOnce + 1, 0);
    expect(through(other, 1, 0)).toBe(1);
  });

  it('says when to go on', () => {
    const subject = newToken();
    through(subject, atOnce, 0);
    const wait = () => keepPace('file', subject, 0);
    expect(wait).toThrow(expect.objectContaining({ code: 'too_many_attempts' }));
    try {
      wait();
    } catch (cause) {
      const ms = cause instanceof TooManyAttempts ? cause.until.getTime() - Date.now() : 0;
      expect(ms).toBeGreaterThan(0);
      expect(ms).toBeLessThanOrEqual(1000 / perSecond);
    }
  });

  it('forgets who was quiet for longest, not who goes on', () => {
    const [busy, first] = [newToken(), newToken()];
    through(first, atOnce, 0);
    through(busy, atOnce, 0);
    for (let nth = 0; nth < 9_999; nth += 1) keepPace('form', newToken(), 0);
    expect([through(busy, 1, 0), through(first, 1, 0)]).toEqual([0, 1]);
  });
});
