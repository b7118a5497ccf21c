import { addDays, isWeekday, momentOf, wallClock } from './calendar.ts';
import type { Template } from './schema.ts';

/** What a plan says of a session ("bijeenkomst"), a half-day long; moments are ISO 8601 in UTC, hours count for one person. */
export type SessionPlan = {
  /** The year of the programme, from 1. */
  year: number;
  startsAt: string;
  endsAt: string;
  title: string;
  about: string;
  /** '' as long as it is not known. */
  place: string;
  hours: number;
  /** A half-day of a two-day event; null: it stands alone. */
  event: 'two_day' | null;
};

/** An assignment ("opdracht") with the day (yyyy-mm-dd) on which it is handed in; `hours` is the work of one person. */
export type AssignmentPlan = {
  year: number;
  title: string;
  about: string;
  dueOn: string;
  hours: number;
  /** The personal action plan; left out for any other, and where it is only changed. */
  kind?: 'action_plan';
};

/** The day from which a round of this name is meant to be; the round itself is planned by its trainer. */
export type RoundPlan = { name: string; year: number; onDay: string };

export type Plan = { sessions: SessionPlan[]; assignments: AssignmentPlan[]; rounds: RoundPlan[] };

const WEEKS_A_YEAR = 52;

/**
 * The plan of a programme that begins on a day (yyyy-mm-dd): every session on the same day of the week, at the times of the
 * template by the schools' clock. A two-day event whose second day would fall on a Saturday begins a day earlier.
 */
export function planOf(template: Template, firstDay: string, locale: 'nl' | 'en'): Plan {
  return {
    sessions: sessionsOf(template, firstDay, locale),
    assignments: template.assignments.map(({ year, week, hours, title, about, kind }) => ({
      ...{ year, hours, title: title[locale], about: about[locale], dueOn: addDays(firstDay, week * 7) },
      ...(kind === undefined ? {} : { kind }),
    })),
    rounds: template.rounds.map(({ name, week }) => ({
      ...{ name, onDay: addDays(firstDay, week * 7) },
      // T1 closes the first year: it belongs to the year whose sessions it follows.
      year: Math.min(1 + Math.floor(week / WEEKS_A_YEAR), template.years),
    })),
  };
}

function sessionsOf(template: Template, firstDay: string, locale: 'nl' | 'en'): SessionPlan[] {
  let before: Template['sessions'][number] | null = null;
  let second = false;
  return template.sessions.map((session) => {
    const { year, week, start, end, hours, event = null } = session;
    const goesOn = before?.event === 'two_day' && event === 'two_day' && before.week === week;
    // The first half-day of an event that does not begin after the one before it is on the second day.
    second = goesOn && (second || start <= (before?.start ?? ''));
    before = session;
    const day = addDays(firstDay, week * 7);
    const first = event === 'two_day' && isWeekday(day) && !isWeekday(addDays(day, 1)) ? addDays(day, -1) : day;
    const on = second ? addDays(first, 1) : first;
    return {
      ...{ year, startsAt: momentOf(on, start), endsAt: momentOf(on, end), hours, event, place: '' },
      ...{ title: session.title[locale], about: session.about[locale] },
    };
  });
}

/** The hours of one person in a year of the programme. */
export type YearHours = { year: number; sessions: number; assignments: number; total: number };

type Cancellable = { cancelledAt?: string | null };
type Timed = { year: number; hours: number } & Cancellable;

/**
 * The hours by year, each year that has any, in order; what is cancelled does not count. Given only what was held and handed
 * in, it is the hours done: planned and done are counted in one way.
 */
export function hoursByYear(of: { sessions: readonly Timed[]; assignments: readonly Timed[] }): YearHours[] {
  const years = [...new Set([...of.sessions, ...of.assignments].map(({ year }) => year))].toSorted((a, b) => a - b);
  return years.map((year) => {
    const [sessions, assignments] = [hoursIn(of.sessions, year), hoursIn(of.assignments, year)];
    return { year, sessions, assignments, total: sessions + assignments };
  });
}

function hoursIn(items: readonly Timed[], year: number): number {
  return items
    .filter((item) => item.year === year && (item.cancelledAt ?? null) === null)
    .reduce((sum, { hours }) => sum + hours, 0);
}

/** The day of the schools' clock on which a session begins. */
export function dayOfSession({ startsAt }: Pick<SessionPlan, 'startsAt'>): string {
  return wallClock(startsAt).day;
}
