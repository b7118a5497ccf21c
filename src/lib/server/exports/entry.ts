import type { LongFormEntry } from '#lib/server/imports/service.ts';
import type { AnswerRow } from './queries.ts';

/** A form as an export names it: pseudonyms for who rated and who was rated. */
export type ExportForm = Pick<LongFormEntry, 'cohort' | 'school' | 'round' | 'role' | 'rater' | 'ratee'>;

/**
 * One answer of a form. "Cannot judge" with reason unclear is written with the flag, which is how the long form tells
 * the reasons apart; without an answer the long form has no flag.
 */
export function toEntry(form: ExportForm, aspect: string, answer: AnswerRow | undefined): LongFormEntry {
  const isUnclear = answer?.unclear === 1 || answer?.reason === 'unclear';
  const given = { ...form, aspect, comment: answer?.comment ?? null };
  const score = answer?.score ?? null;
  if (score !== null) return { ...given, status: 'J', score, unclear: isUnclear };
  if (answer?.cannotJudge === 1) return { ...given, status: 'C', score: null, unclear: isUnclear };
  return { ...given, status: 'M', score: null, unclear: false };
}
