import { mean, median } from 'd3-array';

/** How useful a session was, 0–10. Pure. */

/** The highest answer; the lowest is 0. */
export const MOST_USEFUL = 10;

export type Spread = {
  n: number;
  /** How many gave 0, 1 … 10. */
  counts: number[];
  /** Of the values as they were given; unrounded. */
  mean: number;
  median: number;
};

/** The spread of answers; null where there is none. */
export function spreadOf(values: readonly number[]): Spread | null {
  const [middle, average] = [median(values), mean(values)];
  if (middle === undefined || average === undefined) return null;
  const counts = Array.from({ length: MOST_USEFUL + 1 }, (_, value) => values.filter((each) => each === value).length);
  return { n: values.length, counts, mean: average, median: middle };
}

/**
 * The mean over the sessions that each show their answers, by answer and not by session; null with none. A session that
 * shows none is in no total: what it has would be the difference.
 */
export function meanOverSessions(sessions: readonly { n: number; mean: number }[]): { n: number; mean: number } | null {
  const n = sessions.reduce((sum, session) => sum + session.n, 0);
  if (n === 0) return null;
  return { n, mean: sessions.reduce((sum, session) => sum + session.mean * session.n, 0) / n };
}
