import type { Rating, Score, View } from './types.ts';

/** What the raters of one view answered to one aspect. Not answered is in none of the counts (measurement.md §1). */
export type Tally = {
  /** Judged or cannot judge. */
  answered: number;
  judged: number;
  cannotJudge: number;
  /** Cannot judge without saying that the statement was unclear: not seen. */
  notSeen: number;
  /** Flagged unclear, with or without a score. */
  unclear: number;
  /** Aspect score (§2): the mean of the judged scores, 1–5; null when nobody judged. */
  score: Score;
};

/** Tallies by view and aspect code; an aspect that nobody of a view answered is absent. */
export type Tallies = Readonly<Record<View, ReadonlyMap<string, Tally>>>;

/** Reads every rating once. The caller passes submitted ratings only, one a rater and aspect. */
export function tallyRatings(ratings: Iterable<Rating>): Tallies {
  const sums: Record<View, Map<string, Tally>> = { director: new Map(), ib: new Map(), teacher: new Map() };
  for (const rating of ratings) {
    const tally = tallyOf(sums[rating.role], rating.aspect);
    tally.answered += 1;
    if (rating.unclear) tally.unclear += 1;
    if (rating.status === 'judged' && rating.score !== null) {
      tally.score = addToMean(tally.score, tally.judged, rating.score);
      tally.judged += 1;
    } else {
      tally.cannotJudge += 1;
      if (!rating.unclear) tally.notSeen += 1;
    }
  }
  return sums;
}

function tallyOf(view: Map<string, Tally>, aspect: string): Tally {
  const known = view.get(aspect);
  if (known) return known;
  const fresh: Tally = { answered: 0, judged: 0, cannotJudge: 0, notSeen: 0, unclear: 0, score: null };
  view.set(aspect, fresh);
  return fresh;
}

/** Scores are whole numbers, so the sum is rounded back: the mean does not depend on the order of the raters. */
function addToMean(mean: Score, count: number, score: number): number {
  return mean === null ? score : (Math.round(mean * count) + score) / (count + 1);
}
