import { addDays, dayOf } from '#lib/server/days.ts';

/** How many forms were begun and submitted until the end of a day, of those that are asked now. */
export type DayCount = { day: string; begun: number; submitted: number };

/** The hours in which a form was begun and submitted: the start of an ISO 8601 moment, "2026-03-02T08". */
type FormHours = { begun: string | null; submitted: string | null };

/** Longer than a round lasts: a round that somebody forgets to close shows its last days. */
const MOST_DAYS = 60;

/**
 * Every day from the opening until today, or until the round closed, with the counts so far. A form that was opened again
 * counts as begun only, until it is sent again. Empty as long as the round has not opened.
 */
export function responseByDay(
  forms: readonly FormHours[],
  round: { openedAt: string | null; closedAt: string | null },
  now: Date,
): DayCount[] {
  if (round.openedAt === null) return [];
  const begun = daysOf(forms, 'begun');
  const submitted = daysOf(forms, 'submitted');
  const last = dayOf(round.closedAt === null ? now : new Date(round.closedAt));
  const days: DayCount[] = [];
  for (let day = dayOf(new Date(round.openedAt)); day <= last; day = addDays(day, 1)) {
    const until = (those: typeof begun) => those.reduce((sum, each) => sum + (each.day <= day ? each.count : 0), 0);
    days.push({ day, begun: until(begun), submitted: until(submitted) });
  }
  return days.slice(-MOST_DAYS);
}

/** So many forms a day. An hour lies in one day: the zone of the schools is whole hours away. */
function daysOf(forms: readonly FormHours[], what: 'begun' | 'submitted'): { day: string; count: number }[] {
  const byHour = Map.groupBy(forms, (form) => form[what]);
  return [...byHour].flatMap(([hour, those]) =>
    hour === null ? [] : [{ day: dayOf(new Date(`${hour}:00Z`)), count: those.length }],
  );
}
