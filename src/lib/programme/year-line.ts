import { addDays } from './calendar.ts';

/** Where something lies on the line of a year, as a share of its width, 0–100. */
export type Place = { from: number; width: number };

export type YearLine = {
  /** The months on the line, by their first day (yyyy-mm-dd). */
  months: (Place & { day: string })[];
  /** The place of a span of days; a day is at least as wide as can be seen. */
  placeOf: (day: string, lastDay?: string) => Place;
};

/** The most months that have a name under a line. */
const MOST_MONTHS = 24;

/**
 * The line from the month of the first of these days to that of the last; null without any day, and for a span that no line
 * shows (a year of a programme that was moved apart).
 */
export function yearLine(days: readonly string[]): YearLine | null {
  const sorted = days.toSorted();
  const [first = '', last = ''] = [sorted[0], sorted.at(-1)];
  if (first === '') return null;
  const months = monthsFrom(first, last);
  const start = Date.parse(months[0] ?? first);
  const end = Date.parse(nextMonth(last));
  if (months.length > MOST_MONTHS) return null;
  const share = (day: string) => (100 * (Date.parse(day) - start)) / (end - start);
  const placeOf = (day: string, lastDay = day) => ({
    from: share(day),
    width: share(addDays(lastDay, 1)) - share(day),
  });
  return { months: months.map((day) => ({ day, ...placeOf(day, addDays(nextMonth(day), -1)) })), placeOf };
}

function monthsFrom(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = `${first.slice(0, 7)}-01`; month <= last && months.length <= MOST_MONTHS; month = nextMonth(month)) {
    months.push(month);
  }
  return months;
}

/** The first day of the month after that of a day. */
function nextMonth(day: string): string {
  const date = new Date(`${day.slice(0, 7)}-01`);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
}
