import { describe, expect, it } from 'vitest';
import { longestKept, toRemove } from './rotation.ts';

const DAY = 86_400_000;
const NOW = new Date('2026-11-26T12:00:00Z');
const KEEP = { days: 7, weeks: 4, months: 6 };
/** A copy a day, the newest now. */
const daily = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const at = new Date(NOW.getTime() - index * DAY).toISOString();
    return { name: at, at };
  });

describe('rotation', () => {
  it('keeps the newest of seven days, four weeks and six months', () => {
    const copies = daily(400);
    const removed = new Set(toRemove(copies, KEEP, NOW));
    const kept = copies.filter(({ name }) => !removed.has(name)).map(({ at }) => at.slice(0, 10));
    expect(kept).toEqual([
      ...['2026-11-26', '2026-11-25', '2026-11-24', '2026-11-23', '2026-11-22', '2026-11-21', '2026-11-20'],
      ...['2026-11-15', '2026-11-08', '2026-10-31', '2026-09-30', '2026-08-31', '2026-07-31', '2026-06-30'],
    ]);
  });

  it('comes to the same day by day as in one go', () => {
    let copies: { name: string; at: string }[] = [];
    for (const copy of daily(400).toReversed()) {
      copies = [...copies, copy];
      const removed = new Set(toRemove(copies, KEEP, new Date(copy.at)));
      copies = copies.filter(({ name }) => !removed.has(name));
    }
    const whole = new Set(toRemove(daily(400), KEEP, NOW));
    expect(new Set(copies.map(({ name }) => name))).toEqual(
      new Set(
        daily(400)
          .map(({ name }) => name)
          .filter((name) => !whole.has(name)),
      ),
    );
  });

  it('keeps one of a day', () => {
    const copies = ['08', '12', '20'].map((hour) => ({ name: hour, at: `2026-11-25T${hour}:00:00.000Z` }));
    expect(toRemove(copies, KEEP, NOW)).toEqual(['12', '08']);
  });

  it('keeps nothing longer than it says, but never lets the last one go', () => {
    expect(longestKept(KEEP)).toBe(186);
    const old = (days: number) => ({ name: `${days}`, at: new Date(NOW.getTime() - days * DAY).toISOString() });
    expect(toRemove([old(1), old(187)], KEEP, NOW)).toEqual(['187']);
    expect(toRemove([old(900)], KEEP, NOW)).toEqual([]);
  });
});
