import { addDays, dayOf } from '#lib/server/days.ts';

/** How many forms were begun and submitted until the end of a day, of those that are asked now. */
export type DayCount = { day: string; begun: number; submitted: number };

type FormTimes = { startedAt: string | null; submittedAt: string | null };

/** Longer than a round lasts: a round that somebody forgets to close shows its last days. */
const MOST_DAYS = 60;

/**
 * Every day from the opening until today, or until the round closed, with the counts so far. A form that was opened again
 * counts as begun only, until it is sent again. Empty as long as the round has not opened.
 */
export function responseByDay(
  forms: readonly FormTimes[],
  round: { openedAt: string | null; closedAt: string | null },
  now: Date,
): DayCount[] {
  if (round.openedAt === null) return [];
  const begun = daysOf(forms.map(({ startedAt }) => startedAt));
  const submitted = daysOf(forms.map(({ submittedAt }) => submittedAt));
  const last = dayOf(round.closedAt === null ? now : new Date(round.closedAt));
  const days: DayCount[] = [];
  for (let day = dayOf(new Date(round.openedAt)); day <= last; day = addDays(day, 1)) {
    const until = (those: readonly string[]) => those.filter((each) => each <= day).length;
    days.push({ day, begun: until(begun), submitted: until(submitted) });
  }
  return days.slice(-MOST_DAYS);
}

function daysOf(moments: readonly (string | null)[]): string[] {
  return moments.flatMap((moment) => (moment === null ? [] : [dayOf(new Date(moment))]));
}
