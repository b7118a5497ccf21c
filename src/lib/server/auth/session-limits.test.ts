import { describe, expect, it } from 'vitest';
import { isOver, type Standing } from './session-limits.ts';

const now = new Date('2026-11-26T12:00:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

/** Standing, minutes without use, minutes at most. */
const LIMITS: [Standing, number, number][] = [
  ['half', 30, 30],
  ['staff', 120, 720],
  ['person', 1440, 10_080],
];

describe.each(LIMITS)('a session of standing %s', (standing, idle, total) => {
  it(`ends after ${idle} minutes without use`, () => {
    expect(isOver(standing, { createdAt: ago(idle - 1), usedAt: ago(idle - 1) }, now)).toBe(false);
    expect(isOver(standing, { createdAt: ago(idle), usedAt: ago(idle) }, now)).toBe(true);
  });

  it(`ends after ${total} minutes, however much it is used`, () => {
    expect(isOver(standing, { createdAt: ago(total - 1), usedAt: ago(0) }, now)).toBe(false);
    expect(isOver(standing, { createdAt: ago(total), usedAt: ago(0) }, now)).toBe(true);
  });
});
