import { describe, expect, it } from 'vitest';
import { responseByDay } from './response-by-day.ts';

const hour = (moment: string | null) => moment?.slice(0, 13) ?? null;
const form = (begun: string | null, submitted: string | null = null) => ({
  ...{ begun: hour(begun), submitted: hour(submitted) },
});
const round = { openedAt: '2026-03-27T08:00:00Z', closedAt: null };

describe('response by day', () => {
  it('adds up what was begun and submitted, a day after the other, over the change of the clock too', () => {
    const forms = [
      form('2026-03-27T09:00:00Z', '2026-03-29T21:59:00Z'), // 23:59
      form('2026-03-28T09:00:00Z', '2026-03-29T22:00:00Z'), // the next day
      form('2026-03-30T09:00:00Z'),
      form('2026-03-30T09:30:00Z'),
      form(null),
    ];
    expect(responseByDay(forms, round, new Date('2026-03-30T12:00:00Z'))).toEqual([
      { day: '2026-03-27', begun: 1, submitted: 0 },
      { day: '2026-03-28', begun: 2, submitted: 0 },
      { day: '2026-03-29', begun: 2, submitted: 1 },
      { day: '2026-03-30', begun: 4, submitted: 2 },
    ]);
  });

  it('ends on the day of closing', () => {
    const closed = { ...round, closedAt: '2026-03-28T20:00:00Z' };
    const days = responseByDay([], closed, new Date('2026-05-01T12:00:00Z'));
    expect(days.map(({ day }) => day)).toEqual(['2026-03-27', '2026-03-28']);
  });

  it('has no days before the round opens, and the last sixty of one that nobody closes', () => {
    expect(responseByDay([], { openedAt: null, closedAt: null }, new Date('2026-03-30T12:00:00Z'))).toEqual([]);
    expect(responseByDay([], round, new Date('2027-03-30T12:00:00Z'))).toHaveLength(60);
  });
});
