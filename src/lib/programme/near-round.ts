import { addDays } from './calendar.ts';

/** For so many days before the day of a round, and after it, planning it is due. */
const NEAR_DAYS = 21;

/**
 * The round of a plan that is near and that nobody has planned; null where there is none. Known by name, and by number, for a
 * trainer names a round as it suits.
 * @param plan the rounds that go on, by day (yyyy-mm-dd)
 * @param held the names of the whole rounds that are planned, open or closed
 */
export function nearRound(
  plan: readonly { name: string; onDay: string }[],
  held: readonly string[],
  today: string,
): { name: string; onDay: string } | null {
  const [first, last] = [addDays(today, -NEAR_DAYS), addDays(today, NEAR_DAYS)];
  const isMissing = ({ name }: { name: string }, index: number) => held.length <= index && !held.includes(name);
  return plan.find((round, index) => isMissing(round, index) && round.onDay >= first && round.onDay <= last) ?? null;
}
