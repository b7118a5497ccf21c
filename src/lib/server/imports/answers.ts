import type { FaultList } from '#lib/instrument/faults.ts';
import type { FileForm } from './forms.ts';
import type { LongFormRow } from '#lib/long-form/columns.ts';
import type { LongForm } from '#lib/long-form/read.ts';
import type { NewAnswer, StoredAnswer } from './queries.ts';

/**
 * The answer of a row as it is stored; null for an aspect that was not answered and not remarked on. "Cannot judge" with
 * the flag has the reason unclear, without it not seen.
 */
function answerOf(row: LongFormRow, aspectId: number): NewAnswer | null {
  if (row.status === 'M' && row.comment === null) return null;
  const cannotJudge = row.status === 'C';
  return {
    aspectId,
    score: row.score,
    cannotJudge: cannotJudge ? 1 : 0,
    reason: cannotJudge ? (row.unclear ? 'unclear' : 'not_seen') : null,
    unclear: row.unclear ? 1 : 0,
    comment: row.comment,
  };
}

/** The form's answers, by the database's keys of the aspects. */
export function answersOf(form: FileForm, aspectIds: ReadonlyMap<string, number>): NewAnswer[] {
  return [...form.rows].flatMap(([code, row]) => {
    const aspectId = aspectIds.get(code);
    const answer = aspectId === undefined ? null : answerOf(row, aspectId);
    return answer ? [answer] : [];
  });
}

/** Adds a fault for each answer that differs from what was imported before; none when the form is the same again. */
export function addDifferences(
  form: FileForm,
  stored: readonly StoredAnswer[],
  aspectIds: ReadonlyMap<string, number>,
  file: LongForm,
  faults: FaultList,
): void {
  const before = new Map(stored.map((answer) => [answer.aspectId, answer]));
  const missing: string[] = [];
  for (const [code, aspectId] of aspectIds) {
    const row = form.rows.get(code);
    const known = before.get(aspectId);
    if (!row && known) missing.push(code);
    if (!row || isSame(answerOf(row, aspectId), known)) continue;
    faults.add('answer_differs', () => file.locate(row, 'aspect'), { rater: form.rater });
  }
  if (missing.length === 0) return;
  const params = { rater: form.rater, aspects: missing.join(', ') };
  faults.add('answers_missing', () => file.locate(form.first, 'rater'), params);
}

function isSame(answer: NewAnswer | null, stored: StoredAnswer | undefined): boolean {
  if (!answer || !stored) return !answer && !stored;
  return (
    answer.score === stored.score &&
    answer.cannotJudge === stored.cannotJudge &&
    answer.reason === stored.reason &&
    answer.unclear === stored.unclear &&
    answer.comment === stored.comment
  );
}
