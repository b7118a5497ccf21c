import type { Score } from './types.ts';

/** One IB'er's scale question on a competency, 0–10: at the start, now, and looking back at the start; null = none. */
export type LookBackAnswers = { start: Score; now: Score; then: Score };

/** Three changes in points of that scale; null where an answer is missing. */
export type LookBack = { conventional: number | null; adjusted: number | null; responseShift: number | null };

/**
 * What changed, and how much of it is the yardstick (measurement.md §7): `conventional` (now − start) = `adjusted`
 * (now − then) + `responseShift` (then − start). The look-back never replaces the start.
 */
export function lookBackOf({ start, now, then }: LookBackAnswers): LookBack {
  return { conventional: minus(now, start), adjusted: minus(now, then), responseShift: minus(then, start) };
}

function minus(first: Score, second: Score): number | null {
  return first === null || second === null ? null : first - second;
}
