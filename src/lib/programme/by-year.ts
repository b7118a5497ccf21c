import { addDays } from './calendar.ts';
import { dayOfSession, hoursByYear } from './plan.ts';
import type { AssignmentPlan, RoundPlan, SessionPlan, YearHours } from './plan.ts';

type Taught<S> =
  { kind: 'session'; day: string; session: S } | { kind: 'event'; day: string; lastDay: string; sessions: S[] };

/** A line of a plan as it is read: the half-days of a two-day event are one block. `day` is yyyy-mm-dd. */
export type Entry<S, A, R> =
  Taught<S> | { kind: 'assignment'; day: string; assignment: A } | { kind: 'round'; day: string; round: R };

/** A year of a programme: its lines by day, and its hours, null where it has only rounds. */
export type PlanYear<S, A, R> = { year: number; hours: YearHours | null; entries: Entry<S, A, R>[] };

type Cancellable = { cancelledAt: string | null };

/** The plan by year of the programme, each year in the order of its days; at one day a round comes before what is taught. */
export function byYear<
  S extends Pick<SessionPlan, 'year' | 'startsAt' | 'event' | 'hours'> & Cancellable,
  A extends Pick<AssignmentPlan, 'year' | 'dueOn' | 'hours'> & Cancellable,
  R extends Pick<RoundPlan, 'year' | 'onDay'> & Cancellable,
>(plan: { sessions: readonly S[]; assignments: readonly A[]; rounds: readonly R[] }): PlanYear<S, A, R>[] {
  const hours = new Map(hoursByYear(plan).map((each) => [each.year, each]));
  const years = [...plan.sessions, ...plan.assignments, ...plan.rounds].map(({ year }) => year);
  return [...new Set(years)]
    .toSorted((a, b) => a - b)
    .map((year) => {
      const entries: Entry<S, A, R>[] = [
        ...plan.rounds.filter(isOf(year)).map((round) => ({ kind: 'round' as const, day: round.onDay, round })),
        ...blocks(plan.sessions.filter(isOf(year))),
        ...plan.assignments
          .filter(isOf(year))
          .map((assignment) => ({ kind: 'assignment' as const, day: assignment.dueOn, assignment })),
      ];
      return {
        year,
        hours: hours.get(year) ?? null,
        entries: entries.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
      };
    });
}

const isOf = (year: number) => (item: { year: number }) => item.year === year;

/** Half-days of an event that follow each other on one day or the next are one block, also where something lies between. */
function blocks<S extends Pick<SessionPlan, 'startsAt' | 'event'>>(sessions: readonly S[]): Taught<S>[] {
  const made: Taught<S>[] = [];
  let event: Extract<Taught<S>, { kind: 'event' }> | null = null;
  for (const session of sessions.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))) {
    const day = dayOfSession(session);
    if (session.event === null) {
      made.push({ kind: 'session', day, session });
    } else if (event !== null && day <= addDays(event.lastDay, 1) && day <= addDays(event.day, 1)) {
      event.sessions.push(session);
      event.lastDay = day;
    } else {
      event = { kind: 'event', day, lastDay: day, sessions: [session] };
      made.push(event);
    }
  }
  return made;
}
