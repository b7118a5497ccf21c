import type { Role } from '#lib/instrument/types.ts';

/** One of the three sides that is compared. A view has the name of the role that gives it (vectors: `self` = `ib`). */
export type View = Role;

/** The views in the order in which reports name them. */
export const VIEWS = ['director', 'ib', 'teacher'] as const satisfies readonly View[];

/** Two views that are compared; a gap is the first minus the second (measurement.md §3). */
export type Pair = 'ib_director' | 'ib_teacher' | 'director_teacher';

/** The pairs in the order in which reports name them. */
export const PAIRS = ['ib_director', 'ib_teacher', 'director_teacher'] as const satisfies readonly Pair[];

/** First and second view of a pair. */
export const PAIR_VIEWS: Readonly<Record<Pair, readonly [View, View]>> = {
  ib_director: ['ib', 'director'],
  ib_teacher: ['ib', 'teacher'],
  director_teacher: ['director', 'teacher'],
};

/** A score on the scale 1–5, unrounded; null when there is none. */
export type Score = number | null;

/**
 * One answer of one rater to one aspect. An aspect that was not answered has no rating.
 * `score` is 1–5 with `judged`, else null. `unclear` may go with a score; `cannot_judge` with `unclear` means that the
 * statement was not understood, without it that the behaviour was not seen (measurement.md §1).
 */
export type Rating = {
  rater: string | number;
  role: Role;
  aspect: string;
  status: 'judged' | 'cannot_judge';
  score: number | null;
  unclear: boolean;
};
