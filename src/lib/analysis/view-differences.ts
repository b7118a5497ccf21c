import { meanOf } from './mean.ts';
import { perPair } from './per-pair.ts';
import type { Pair, Score, View } from './types.ts';

/** Gaps over the whole list, as a report has them. */
type Gaps = Readonly<Record<Pair, { readonly gap: number | null }>>;

/** The level difference over the whole list: the matched gap of each pair in scale points; null where there is none. */
export type Level = Readonly<Record<Pair, number | null>>;

/** Whether differences are shown as they are, or without the level difference. */
export type ShownLevel = 'with' | 'without';

/**
 * The two differences that an aspect is read by, in scale points: `self` is the IB'er minus the others, `others` the
 * director minus the teachers; null where a view is missing.
 */
export type ViewDifferences = { self: number | null; others: number | null };

/** The level of a report: its gaps over the whole list, from shown cells as all figures are. */
export function levelOf(gaps: Gaps): Level {
  return perPair((pair) => gaps[pair].gap);
}

/** The level as it is taken off: what one pair lacks follows from the other two. */
export function levelTakenOff(gaps: Gaps): Level {
  return completed(levelOf(gaps));
}

/** What others see: the mean of the director's and the teachers' score, each view weighing one (measurement.md §4). */
export function othersMean(director: Score, teacher: Score): Score {
  return meanOf([director, teacher]);
}

/**
 * The differences of one aspect as they are, or, with a level, without it: each pair less what the two differ over the
 * whole list (measurement.md §4). A pair whose level is not known then gives no difference.
 */
export function viewDifferences(
  { director, ib, teacher }: Readonly<Record<View, Score>>,
  level: Level | null = null,
): ViewDifferences {
  if (level === null) return { self: minus(ib, othersMean(director, teacher)), others: minus(director, teacher) };
  const sides = [minus(minus(ib, director), level.ib_director), minus(minus(ib, teacher), level.ib_teacher)];
  return { self: meanOf(sides), others: minus(minus(director, teacher), level.director_teacher) };
}

/**
 * A level of which one pair is not known has it from the other two (IB'er − teachers is IB'er − director and director − teachers
 * together), though each is over other aspects: without it, what that pair sees differently would read as seen alike. Where more
 * is not known it stays so.
 */
function completed(level: Level): Level {
  const { ib_director, ib_teacher, director_teacher } = level;
  return {
    ib_director: ib_director ?? minus(ib_teacher, director_teacher),
    ib_teacher: ib_teacher ?? plus(ib_director, director_teacher),
    director_teacher: director_teacher ?? minus(ib_teacher, ib_director),
  };
}

function plus(first: number | null, second: number | null): number | null {
  return first === null || second === null ? null : first + second;
}

function minus(first: number | null, second: number | null): number | null {
  return first === null || second === null ? null : first - second;
}
