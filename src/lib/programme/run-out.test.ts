import { describe, expect, it } from 'vitest';
import { isRunOut, type Planned } from './run-out.ts';

const now = new Date('2026-06-10T12:00:00.000Z');
const today = '2026-06-10';
const on = { cancelledAt: null };
const round = { ...on, onDay: '2026-06-09' };
const off = { cancelledAt: '2026-01-01T00:00:00.000Z' };
const over = (given: Partial<Planned>, held = 0) =>
  isRunOut({ sessions: [], assignments: [], rounds: [], ...given }, held, now, today);

describe('a plan is over', () => {
  it('once its last session has ended and its last assignment was due', () => {
    expect(over({ sessions: [{ ...on, endsAt: '2026-06-10T12:00:00.000Z' }] })).toBe(true);
    expect(over({ sessions: [{ ...on, endsAt: '2026-06-10T12:00:00.001Z' }] })).toBe(false);
    expect(over({ assignments: [{ ...on, dueOn: '2026-06-09' }] })).toBe(true);
    expect(over({ assignments: [{ ...on, dueOn: today }] })).toBe(false);
  });

  it('once as many rounds were held as stand in it', () => {
    const sessions = [{ ...on, endsAt: '2026-06-01T12:00:00.000Z' }];
    expect(over({ sessions, rounds: [round, round] }, 1)).toBe(false);
    expect(over({ sessions, rounds: [round, round] }, 2)).toBe(true);
    expect(over({ sessions, rounds: [round, { ...round, onDay: today }] }, 2)).toBe(false);
    expect(over({ sessions, rounds: [round, { ...round, ...off }] }, 1)).toBe(true);
  });

  it('whatever was cancelled lies ahead; one with nothing in it never is', () => {
    expect(over({ sessions: [{ ...off, endsAt: '2027-01-01T00:00:00.000Z' }], rounds: [round] }, 1)).toBe(true);
    expect(over({}, 3)).toBe(false);
    expect(over({ rounds: [{ ...round, ...off }] }, 3)).toBe(false);
  });
});
