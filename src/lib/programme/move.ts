import { addDays, weeksLater } from './calendar.ts';
import type { AssignmentPlan, RoundPlan, SessionPlan } from './plan.ts';

/** What a plan can be moved from: what lies before a moment stays. */
type Ahead = { now: string; today: string };

/**
 * The sessions, assignments and rounds that lie ahead, so many weeks later (earlier below 0), at the same time of the
 * clock. What began, was due or opened stays, and so does what is cancelled; a round is ahead as long as it is not opened.
 * @param today the day of `now` (yyyy-mm-dd)
 * @param opened the names of the rounds that have opened
 */
export function movedAhead<
  S extends Pick<SessionPlan, 'startsAt' | 'endsAt'> & { cancelledAt: string | null },
  A extends Pick<AssignmentPlan, 'dueOn'> & { cancelledAt: string | null },
  R extends Pick<RoundPlan, 'name' | 'onDay'> & { cancelledAt: string | null },
>(
  plan: { sessions: readonly S[]; assignments: readonly A[]; rounds: readonly R[] },
  weeks: number,
  { now, today }: Ahead,
  opened: ReadonlySet<string>,
): { sessions: S[]; assignments: A[]; rounds: R[] } {
  return {
    sessions: plan.sessions
      .filter(({ startsAt, cancelledAt }) => startsAt > now && cancelledAt === null)
      .map((session) => ({
        ...session,
        startsAt: weeksLater(session.startsAt, weeks),
        endsAt: weeksLater(session.endsAt, weeks),
      })),
    assignments: plan.assignments
      .filter(({ dueOn, cancelledAt }) => dueOn > today && cancelledAt === null)
      .map((assignment) => ({ ...assignment, dueOn: addDays(assignment.dueOn, weeks * 7) })),
    rounds: plan.rounds
      .filter(({ name, onDay, cancelledAt }) => onDay > today && cancelledAt === null && !opened.has(name))
      .map((round) => ({ ...round, onDay: addDays(round.onDay, weeks * 7) })),
  };
}

/** The days on which a planned round opens and closes by itself (yyyy-mm-dd); null: by hand. */
type RoundDays = { opensOn: string | null; closesOn: string | null };

/**
 * The days of a planned round so many weeks later (earlier below 0). Null where nothing of it moves: it has no days, or one of them
 * has come, so that it opens today or only waits for what it lacks.
 */
export function daysLater({ opensOn, closesOn }: RoundDays, weeks: number, today: string): RoundDays | null {
  const days = [opensOn, closesOn].filter((day) => day !== null);
  if (days.length === 0 || days.some((day) => day <= today)) return null;
  const later = (day: string | null) => (day === null ? null : addDays(day, weeks * 7));
  return { opensOn: later(opensOn), closesOn: later(closesOn) };
}
