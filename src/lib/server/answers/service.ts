import { DomainError } from '#lib/errors.ts';
import { COMMENT_LENGTH, isSameAnswer, isSameScale } from '#lib/form/answer.ts';
import type { Answer, ScaleAnswer, StoredAnswer, StoredScale } from '#lib/form/answer.ts';
import { commitTogether } from '#lib/server/db/commit-together.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { LoadedInstrument } from '#lib/server/instruments/service.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as queries from './queries.ts';

export type { Answer, ScaleAnswer, StoredAnswer, StoredScale };

type FormAnswers = {
  /** By aspect code; an aspect without entry was never touched. */
  aspects: Record<string, StoredAnswer>;
  /** By competency code. */
  now: Record<string, StoredScale>;
  then: Record<string, StoredScale>;
};

/** Everything that was answered on a form. */
export async function load(
  db: Db,
  form: Pick<responses.Form, 'responseId' | 'roundId' | 'instrumentVersionId'>,
): Promise<FormAnswers> {
  const list = await responses.instrumentOf(db, form);
  const answers: FormAnswers = { aspects: {}, now: {}, then: {} };
  for (const row of await queries.loadAnswers(db, form.responseId)) {
    const code = list.aspectCodes.get(row.aspectId);
    if (code !== undefined) answers.aspects[code] = toAnswer(row);
  }
  for (const row of await queries.loadScales(db, form.responseId)) {
    const code = list.competencyCodes.get(row.competencyId);
    if (code !== undefined) answers[row.moment][code] = toScale(row);
  }
  return answers;
}

/**
 * Stores one answer, harmless to repeat: the newest by time wins, never later than the server's now (rules.md, Answers).
 * @returns the answer that is stored now, which may be a newer one from another device
 * @throws DomainError unknown_aspect, score_out_of_range, comment_too_long, consent_missing, response_submitted,
 *   round_closed
 */
export async function save(
  db: Db,
  form: responses.Form,
  code: string,
  answer: Answer,
  changedAt: number,
): Promise<StoredAnswer> {
  responses.assertWritable(form);
  responses.assertConsentAsked(form);
  const list = await responses.instrumentOf(db, form);
  const row = toRow(list, code, answer, Math.min(changedAt, Date.now()));
  const stored = await commitTogether(db, (trx) => queries.upsertAnswer(trx, form.responseId, row));
  return toAnswer(stored ?? (await newerAnswer(db, form.responseId, row.aspectId)));
}

/** What a page that was sent without scripts says of one aspect or competency: as it was loaded, and as it is now. */
type PageEntry<T> = { code: string; before: T; after: T };
export type PageEntries = { aspects: readonly PageEntry<Answer>[]; scales: readonly PageEntry<ScaleAnswer>[] };

/**
 * Stores a page that was sent without scripts, all or nothing. Writes only what the rater changed, so that an old
 * page cannot undo what another device has saved since (rules.md, Answers).
 * @throws DomainError as `save` and `saveScale`
 */
export async function savePage(db: Db, form: responses.Form, page: PageEntries): Promise<void> {
  responses.assertConsentAsked(form);
  const list = await responses.instrumentOf(db, form);
  const aspects = page.aspects.filter(({ before, after }) => !isSameAnswer(before, after));
  const scales = page.scales.filter(({ before, after }) => !isSameScale(before, after));
  const now = Date.now();
  await db.transaction().execute(async (trx) => {
    responses.assertWritable(await responses.statusOf(trx, form.responseId));
    for (const { code, after } of aspects) {
      await queries.upsertAnswer(trx, form.responseId, toRow(list, code, after, now));
    }
    for (const { code, after } of scales) await storeScale(trx, form, list, code, 'now', after, now);
  });
}

/**
 * Stores the IB'er's scale question of one competency; the newest by time wins, as with `save`.
 * @returns what is stored now
 * @throws DomainError unknown_aspect (no such competency, or not asked of this rater), response_submitted,
 *   round_closed, score_out_of_range, comment_too_long, scale_locked (the look-back was answered)
 */
export async function saveScale(
  db: Db,
  form: responses.Form,
  competency: string,
  scale: ScaleAnswer,
  changedAt: number,
): Promise<StoredScale> {
  const list = await responses.instrumentOf(db, form);
  return db.transaction().execute(async (trx) => {
    responses.assertWritable(await responses.statusOf(trx, form.responseId));
    return storeScale(trx, form, list, competency, 'now', scale, Math.min(changedAt, Date.now()));
  });
}

/**
 * Stores the answer to one look-back question (0–10), asked once "now" is locked (measurement.md §7); the newest by time
 * wins, as with `save`.
 * @returns what is stored now
 * @throws DomainError look_back_not_available, round_closed, unknown_aspect, score_out_of_range
 */
export function saveLookBack(
  db: Db,
  form: responses.Form,
  competency: string,
  value: number,
  changedAt: number,
): Promise<StoredScale> {
  return lookingBack(db, form, (trx, list) =>
    storeScale(trx, form, list, competency, 'then', { value, notes: [] }, Math.min(changedAt, Date.now())),
  );
}

/**
 * Stores the look-back page as it was sent without scripts, all or nothing; writes only what the IB'er changed.
 * @throws DomainError as `saveLookBack`
 */
export function saveLookBackPage(db: Db, form: responses.Form, entries: PageEntries['scales']): Promise<void> {
  const changed = entries.filter(({ before, after }) => !isSameScale(before, after));
  return lookingBack(db, form, async (trx, list) => {
    const now = Date.now();
    for (const { code, after } of changed) await storeScale(trx, form, list, code, 'then', after, now);
  });
}

async function lookingBack<T>(
  db: Db,
  form: responses.Form,
  store: (trx: Db, list: LoadedInstrument) => Promise<T>,
): Promise<T> {
  if (!form.looksBack) throw new DomainError('look_back_not_available');
  const list = await responses.instrumentOf(db, form);
  return db.transaction().execute(async (trx) => {
    const { roundStatus } = await responses.statusOf(trx, form.responseId);
    if (roundStatus !== 'open') throw new DomainError('round_closed');
    return store(trx, list);
  });
}

async function storeScale(
  trx: Db,
  form: responses.Form,
  list: LoadedInstrument,
  code: string,
  moment: 'now' | 'then',
  scale: ScaleAnswer,
  changedAt: number,
): Promise<StoredScale> {
  const competencyId = list.competencyIds.get(code);
  const question = list.instrument.competencies.find((each) => each.code === code)?.scaleQuestion;
  if (form.role !== 'ib' || competencyId === undefined || !question) throw new DomainError('unknown_aspect');
  if (scale.value !== null && !(Number.isInteger(scale.value) && scale.value >= 0 && scale.value <= 10)) {
    throw new DomainError('score_out_of_range');
  }
  if (scale.notes.length > question.followUps.length) throw new DomainError('unknown_aspect');
  if (scale.notes.some((note) => note.length > COMMENT_LENGTH)) throw new DomainError('comment_too_long');
  // Looking back is asked once "now" is locked, and stays so when the form is opened again (rules.md, Who, what, when).
  if (moment === 'now' && (await queries.hasLookedBack(trx, form.responseId))) throw new DomainError('scale_locked');
  const notes = JSON.stringify(scale.notes);
  const row = { competencyId, moment, value: scale.value, notes, changedAt };
  return toScale(await queries.upsertScale(trx, form.responseId, row));
}

/** Nothing was stored: because a newer answer is there, or because writing ended a moment ago. */
async function newerAnswer(db: Db, responseId: number, aspectId: number): Promise<queries.AnswerRow> {
  const status = await responses.statusOf(db, responseId);
  responses.assertWritable(status);
  const stored = await queries.loadAnswer(db, responseId, aspectId);
  if (!stored) throw new DomainError('link_unknown');
  return stored;
}

function toRow(list: LoadedInstrument, code: string, answer: Answer, changedAt: number): queries.AnswerRow {
  const aspectId = list.aspectIds.get(code);
  if (aspectId === undefined) throw new DomainError('unknown_aspect');
  const { min, max } = list.instrument.scale;
  if (answer.score !== null && !(Number.isInteger(answer.score) && answer.score >= min && answer.score <= max)) {
    throw new DomainError('score_out_of_range');
  }
  if (answer.comment.length > COMMENT_LENGTH) throw new DomainError('comment_too_long');
  const cannotJudge = answer.cannotJudge && answer.score === null;
  return {
    aspectId,
    score: answer.score,
    cannotJudge: cannotJudge ? 1 : 0,
    reason: cannotJudge ? answer.reason : null,
    unclear: answer.unclear ? 1 : 0,
    comment: answer.comment.trim() === '' ? null : answer.comment,
    changedAt,
  };
}

function toAnswer(row: queries.AnswerRow): StoredAnswer {
  return {
    score: row.score,
    cannotJudge: row.cannotJudge === 1,
    reason: row.reason,
    unclear: row.unclear === 1,
    comment: row.comment ?? '',
    changedAt: row.changedAt,
  };
}

function toScale(row: queries.ScaleRow): StoredScale {
  return { value: row.value, notes: toNotes(row.notes), changedAt: row.changedAt };
}

function toNotes(json: string): string[] {
  const notes: unknown = JSON.parse(json);
  return Array.isArray(notes) ? notes.map(String) : [];
}
