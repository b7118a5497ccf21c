import { describe, expect, it } from 'vitest';
import { isWeekday, momentOf, wallClock, weeksLater } from './calendar.ts';
import { dayOfSession, hoursByYear, planOf } from './plan.ts';
import { movedAhead } from './move.ts';
import excellent from './de-excellent-communicerende-iber.json' with { type: 'json' };
import { templateSchema } from './schema.ts';

const template = templateSchema.parse(excellent);
const plan = planOf(template, '2026-09-03', 'nl'); // a Thursday

describe('the clock of the schools', () => {
  it('shows the same time before and after a change of the clock', () => {
    expect(momentOf('2026-10-22', '09:30')).toBe('2026-10-22T07:30:00.000Z');
    expect(weeksLater('2026-10-22T07:30:00.000Z', 1)).toBe('2026-10-29T08:30:00.000Z');
    expect(weeksLater('2026-10-29T08:30:00.000Z', -1)).toBe('2026-10-22T07:30:00.000Z');
    expect(momentOf('2027-03-28', '09:30')).toBe('2027-03-28T07:30:00.000Z');
  });

  it('gives back the day and time that a moment was made from, around midnight too', () => {
    for (const [day, time] of [
      ['2026-03-29', '00:15'],
      ['2026-10-25', '23:45'],
      ['2026-12-31', '23:59'],
    ] as const) {
      expect(wallClock(momentOf(day, time))).toEqual({ day, time });
    }
  });

  it('leaves out the hour that does not exist, and is not stuck on it', () => {
    expect(wallClock(momentOf('2026-03-29', '02:30')).time).toBe('03:30');
  });
});

describe('the plan of a template', () => {
  it('has eight half-days a year, four of them on the two days of one event', () => {
    for (const year of [1, 2, 3]) {
      const sessions = plan.sessions.filter((session) => session.year === year);
      expect(sessions).toHaveLength(8);
      const event = sessions.filter((session) => session.event === 'two_day').map(dayOfSession);
      expect(event).toHaveLength(4);
      expect([...new Set(event)]).toHaveLength(2);
      expect(Date.parse(event[2] ?? '') - Date.parse(event[0] ?? '')).toBe(86_400_000);
    }
  });

  it('begins at half past nine by the clock all year', () => {
    expect(new Set(plan.sessions.map(({ startsAt }) => wallClock(startsAt).time))).toEqual(new Set(['09:30', '13:30']));
    expect(new Set(plan.sessions.map(({ startsAt }) => startsAt.slice(11, 16))).size).toBe(3);
  });

  it('lets a two-day event begin a day earlier rather than end on a Saturday', () => {
    const friday = planOf(template, '2026-09-04', 'nl').sessions.filter(({ event }) => event === 'two_day');
    expect(friday.map(dayOfSession).every(isWeekday)).toBe(true);
    expect(dayOfSession(friday[0] ?? { startsAt: '' })).toBe('2027-01-21');
  });

  it('is in one language', () => {
    expect(planOf(template, '2026-09-03', 'en').sessions[0]?.title).toBe(template.sessions[0]?.title.en);
    expect(plan.assignments[0]?.title).toBe(template.assignments[0]?.title.nl);
  });

  it('has a round in the year whose sessions it follows', () => {
    expect(plan.rounds.map(({ name, year }) => [name, year])).toEqual([
      ...[
        ['T0', 1],
        ['T1', 1],
        ['T2', 2],
        ['T3', 3],
      ],
    ]);
    expect(plan.rounds[0]?.onDay).toBe('2026-09-03');
  });

  it('counts the hours of each year, without what was cancelled', () => {
    expect(hoursByYear(plan).map(({ total }) => total)).toEqual([40, 40, 40]);
    const [first, ...others] = plan.sessions;
    const without = { ...plan, sessions: [{ ...first, year: 1, hours: 3, cancelledAt: '2026-09-01' }, ...others] };
    expect(hoursByYear(without)[0]).toEqual({ year: 1, sessions: 21, assignments: 16, total: 37 });
  });
});

describe('moving what lies ahead', () => {
  const kept = {
    sessions: plan.sessions.map((session) => ({ ...session, cancelledAt: null as string | null })),
    assignments: plan.assignments.map((assignment) => ({ ...assignment, cancelledAt: null as string | null })),
    rounds: plan.rounds.map((round) => ({ ...round, cancelledAt: null as string | null })),
  };
  const now = { now: '2027-06-30T10:00:00.000Z', today: '2027-06-30' };

  it('moves neither what was held, was due or has opened', () => {
    const moved = movedAhead(kept, 26, now, new Set(['T0', 'T1']));
    expect(new Set(moved.sessions.map(({ year }) => year))).toEqual(new Set([2, 3]));
    expect(moved.assignments.map(({ year }) => year)).toEqual([2, 3]);
    expect(moved.rounds.map(({ name }) => name)).toEqual(['T2', 'T3']);
  });

  it('keeps the time of the clock and the day of the week', () => {
    const [first] = movedAhead(kept, 26, now, new Set()).sessions;
    const before = kept.sessions.find(({ year }) => year === 2)?.startsAt ?? '';
    expect(wallClock(first?.startsAt ?? '').time).toBe('09:30');
    expect(new Date(first?.startsAt ?? '').getUTCDay()).toBe(new Date(before).getUTCDay());
    expect(Date.parse(wallClock(first?.startsAt ?? '').day) - Date.parse(wallClock(before).day)).toBe(
      26 * 7 * 86_400_000,
    );
  });

  it('leaves what was cancelled where it is', () => {
    const cancelled = { ...kept, sessions: kept.sessions.map((session) => ({ ...session, cancelledAt: 'x' })) };
    expect(movedAhead(cancelled, 2, now, new Set()).sessions).toEqual([]);
  });
});
