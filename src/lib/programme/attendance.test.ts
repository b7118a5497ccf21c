import { describe, expect, it } from 'vitest';
import { countPresence, hoursDone, isExpected, shareOf, stateOf, sumCounts } from './attendance.ts';

const session = { day: '2026-11-24', startsAt: '2026-11-24T08:30:00.000Z' };

describe('who is expected at a session', () => {
  it('is whoever took part when it began', () => {
    expect(isExpected({ joinedOn: '2026-09-01', leftAt: null }, session)).toBe(true);
    expect(isExpected({ joinedOn: '2026-09-01', leftAt: '2026-11-24T10:00:00.000Z' }, session)).toBe(true);
  });

  it('is whoever was added on the day itself, and nobody who was added later', () => {
    expect(isExpected({ joinedOn: '2026-11-24', leftAt: null }, session)).toBe(true);
    expect(isExpected({ joinedOn: '2026-11-25', leftAt: null }, session)).toBe(false);
  });

  it('is nobody who left before it began', () => {
    expect(isExpected({ joinedOn: '2026-09-01', leftAt: '2026-11-24T08:30:00.000Z' }, session)).toBe(false);
  });
});

describe('counts of a session', () => {
  const counts = countPresence(['present', 'present', 'absent', null]);

  it('tell who was there, who was not and who is not filled in', () => {
    expect(counts).toEqual({ present: 2, absent: 1, open: 1 });
    expect(sumCounts([counts, counts])).toEqual({ present: 4, absent: 2, open: 2 });
    expect(sumCounts([])).toEqual({ present: 0, absent: 0, open: 0 });
  });

  it('give the share of those who are filled in, and none where nobody is', () => {
    expect(shareOf(counts)).toBeCloseTo(2 / 3, 12);
    expect(shareOf({ present: 0, absent: 0 })).toBeNull();
    expect(shareOf({ present: 0, absent: 3 })).toBe(0);
  });
});

describe('where a session stands', () => {
  const times = { startsAt: '2026-11-24T08:30:00.000Z', endsAt: '2026-11-24T11:30:00.000Z', cancelledAt: null };
  const at = (time: string, open = 2) => stateOf(times, open, `2026-11-24T${time}:00.000Z`);

  it('is to be filled in once it is over, as long as somebody is missing', () => {
    expect(at('08:29')).toBe('ahead');
    expect(at('08:30')).toBe('now');
    expect(at('11:30')).toBe('to_fill_in');
    expect(at('11:30', 0)).toBe('done');
  });

  it('is cancelled whatever the time', () => {
    expect(stateOf({ ...times, cancelledAt: '2026-11-20T00:00:00.000Z' }, 2, '2026-11-25T00:00:00.000Z')).toBe(
      'cancelled',
    );
  });
});

describe('hours done', () => {
  it('count the sessions at which somebody was', () => {
    expect(
      hoursDone([
        { hours: 3, presence: 'present' },
        { hours: 3, presence: 'absent' },
        { hours: 4.5, presence: 'present' },
        { hours: 3, presence: null },
      ]),
    ).toBe(7.5);
    expect(hoursDone([])).toBe(0);
  });
});
