/** Who is expected at a session, and what comes of it in numbers. Pure: moments are ISO 8601 in UTC, days yyyy-mm-dd. */

/** The time in which somebody took part in a cohort. */
export type Stay = {
  /** The day on which somebody was added. */
  joinedOn: string;
  /** Null as long as somebody takes part. */
  leftAt: string | null;
};

/** A session as far as it says who is expected: its day and the moment at which it begins. */
export type When = { day: string; startsAt: string };

/**
 * Whether somebody took part when a session was held. Whoever was added later on the day itself did; whoever left during
 * the session was there when it began. A new IB'er does not stand in the sessions of the one who was replaced.
 */
export function isExpected({ joinedOn, leftAt }: Stay, { day, startsAt }: When): boolean {
  return joinedOn <= day && (leftAt === null || leftAt > startsAt);
}

export type Presence = 'present' | 'absent';

/** How many of those who take part were there, were not, or are not filled in yet. */
export type Counts = { present: number; absent: number; open: number };

export function countPresence(marks: readonly (Presence | null)[]): Counts {
  const count = (which: Presence | null) => marks.filter((mark) => mark === which).length;
  return { present: count('present'), absent: count('absent'), open: count(null) };
}

/** All counts together. */
export function sumCounts(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (sum, { present, absent, open }) => ({
      present: sum.present + present,
      absent: sum.absent + absent,
      open: sum.open + open,
    }),
    { present: 0, absent: 0, open: 0 },
  );
}

/**
 * The share of those filled in who were there, 0–1; null where nobody is filled in. Who is not filled in yet counts on
 * neither side: that says something of the list, and not of who came.
 */
export function shareOf({ present, absent }: Omit<Counts, 'open'>): number | null {
  return present + absent === 0 ? null : present / (present + absent);
}

/** Where a session stands: ahead, going on, over with somebody still to fill in, over and filled in, or cancelled. */
export type SessionState = 'ahead' | 'now' | 'to_fill_in' | 'done' | 'cancelled';

export function stateOf(
  session: { startsAt: string; endsAt: string; cancelledAt: string | null },
  open: number,
  now: string,
): SessionState {
  if (session.cancelledAt !== null) return 'cancelled';
  if (session.startsAt > now) return 'ahead';
  if (session.endsAt > now) return 'now';
  return open > 0 ? 'to_fill_in' : 'done';
}

/** A session with the hours that it takes one person, and whether somebody was there. */
type Attended = { hours: number; presence: Presence | null };

/** The hours that somebody was there: sessions only, for what an assignment took is nobody's count but one's own. */
export function hoursDone(sessions: readonly Attended[]): number {
  return sessions.reduce((sum, { hours, presence }) => (presence === 'present' ? sum + hours : sum), 0);
}
