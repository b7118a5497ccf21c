/** What a rater can say, as the browser and the server both know it. Pure. */

/** Longest remark and longest note at a scale question, in UTF-16 units, as a textarea's maxlength counts. */
export const COMMENT_LENGTH = 2000;

/**
 * What a rater has said about one aspect; `countsAs` tells what it comes to. A remark may stand without an answer.
 * Cannot judge with reason `unclear` counts as unclear too (rules.md, Answers).
 */
export type Answer = {
  score: number | null;
  cannotJudge: boolean;
  reason: 'not_seen' | 'unclear' | null;
  unclear: boolean;
  comment: string;
};

/** An answer with the moment at which the rater gave it (milliseconds since 1970, server's clock). */
export type StoredAnswer = Answer & { changedAt: number };

/** The scale question of one competency (0–10; null: not answered) with one note a follow-up question. */
export type ScaleAnswer = { value: number | null; notes: string[] };

export type StoredScale = ScaleAnswer & { changedAt: number };

export const NOT_ANSWERED: Answer = { score: null, cannotJudge: false, reason: null, unclear: false, comment: '' };

/**
 * As what an aspect counts; null is not answered. The flag "unclear" alone says that the statement was read and not
 * understood: it counts as "cannot judge", and as unclear.
 */
export function countsAs(answer: {
  score: number | null;
  cannotJudge: boolean | number;
  unclear: boolean | number;
}): 'judged' | 'cannot_judge' | null {
  if (answer.score !== null) return 'judged';
  return answer.cannotJudge || answer.unclear ? 'cannot_judge' : null;
}

/** Whether the aspect has an answer. */
export function isAnswered(answer: Answer | undefined): boolean {
  return answer !== undefined && countsAs(answer) !== null;
}

/** Whether the aspect was called unclear: by the flag, or as the reason for "cannot judge" (rules.md, Answers). */
export function countsAsUnclear(answer: { unclear: boolean | number; reason: Answer['reason'] }): boolean {
  return Boolean(answer.unclear) || answer.reason === 'unclear';
}

/** Whether two answers say the same, whenever they were given. */
export function isSameAnswer(a: Answer, b: Answer): boolean {
  return (
    a.score === b.score &&
    a.cannotJudge === b.cannotJudge &&
    a.reason === b.reason &&
    a.unclear === b.unclear &&
    a.comment === b.comment
  );
}

/** Whether two scale answers say the same; a note that is not there is an empty one. */
export function isSameScale(a: ScaleAnswer, b: ScaleAnswer): boolean {
  const notes = Math.max(a.notes.length, b.notes.length);
  return (
    a.value === b.value &&
    Array.from({ length: notes }, (_, i) => (a.notes[i] ?? '') === (b.notes[i] ?? '')).every(Boolean)
  );
}
