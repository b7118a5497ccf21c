import { countsAs, countsAsUnclear } from '#lib/form/answer.ts';
import type { LongFormEntry } from '#lib/long-form/columns.ts';
import type { AnswerRow } from './queries.ts';

/** A form as an export names it: pseudonyms for who rated and who was rated. */
export type ExportForm = Pick<LongFormEntry, 'cohort' | 'school' | 'round' | 'role' | 'rater' | 'ratee'>;

/**
 * One answer of a form. "Cannot judge" with reason unclear is written with the flag, which is how the long form tells
 * the reasons apart; without an answer the long form has no flag.
 */
export function toEntry(form: ExportForm, aspect: string, answer: AnswerRow | undefined): LongFormEntry {
  const isUnclear = answer !== undefined && countsAsUnclear(answer);
  const given = { ...form, aspect, comment: answer?.comment ?? null };
  const counted = answer === undefined ? null : countsAs(answer);
  if (answer === undefined || counted === null) return { ...given, status: 'M', score: null, unclear: false };
  if (counted === 'judged') return { ...given, status: 'J', score: answer.score, unclear: isUnclear };
  return { ...given, status: 'C', score: null, unclear: isUnclear };
}
