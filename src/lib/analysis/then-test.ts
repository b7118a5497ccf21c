import { pairedChange } from './paired-change.ts';
import type { PairedChange } from './paired-change.ts';
import type { Score } from './types.ts';

/** The global answers of one IB'er: at the start, now, and looking back at the start from now; null = not answered. */
type LookBack = { start: Score; now: Score; then: Score };

/**
 * Three changes over the same IB'ers: `conventional` (now − start) = `adjusted` (now − then) + `responseShift`
 * (then − start). Reported next to each other; the then-test never replaces the start (measurement.md §7).
 */
type ThenTest = {
  n: number;
  conventional: PairedChange;
  adjusted: PairedChange;
  responseShift: PairedChange;
};

/** The then-test of a cohort, over the IB'ers who gave all three answers (measurement.md §7). */
export function thenTest(lookBacks: readonly LookBack[]): ThenTest {
  const complete = lookBacks.filter(({ start, now, then }) => start !== null && now !== null && then !== null);
  const start = complete.map((answers) => answers.start);
  const now = complete.map((answers) => answers.now);
  const then = complete.map((answers) => answers.then);
  return {
    n: complete.length,
    conventional: pairedChange(start, now),
    adjusted: pairedChange(then, now),
    responseShift: pairedChange(start, then),
  };
}
