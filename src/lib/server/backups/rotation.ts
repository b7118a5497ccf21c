/** How many of the newest copies are kept: one for each of so many days, weeks and months that have one. */
export type Keep = { days: number; weeks: number; months: number };

/** A copy by its name and the moment it was made (ISO 8601). */
export type Copy = { name: string; at: string };

const DAY = 86_400_000;

/** After so many days every copy is gone, but for the very last one where no newer was made. */
export function longestKept({ days, weeks, months }: Keep): number {
  return Math.max(days, weeks * 7, months * 31);
}

/**
 * The copies that may go: the newest of each day, week (from Monday) and month is kept as long as it is among the last so
 * many, in UTC; nothing longer than `longestKept`, except the newest of all, which never goes.
 */
export function toRemove(copies: readonly Copy[], keep: Keep, now: Date): string[] {
  const newestFirst = copies.toSorted((one, other) => other.at.localeCompare(one.at));
  const kept = new Set<string>();
  const spans: [number, (at: string) => string][] = [
    [keep.days, (at) => at.slice(0, 10)],
    [keep.weeks, weekOf],
    [keep.months, (at) => at.slice(0, 7)],
  ];
  for (const [many, spanOf] of spans) {
    const seen = new Set<string>();
    for (const { name, at } of newestFirst) {
      if (seen.size >= many || seen.has(spanOf(at))) continue;
      seen.add(spanOf(at));
      kept.add(name);
    }
  }
  const limit = new Date(now.getTime() - longestKept(keep) * DAY).toISOString();
  return newestFirst
    .filter(({ name, at }, index) => index > 0 && (!kept.has(name) || at < limit))
    .map(({ name }) => name);
}

/** The Monday of its week. */
function weekOf(at: string): string {
  const date = new Date(at);
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  return new Date(date.getTime() - sinceMonday * DAY).toISOString().slice(0, 10);
}
