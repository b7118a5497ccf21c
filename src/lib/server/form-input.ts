import { z } from 'zod';
import { DomainError } from '#lib/errors.ts';
import type { ErrorCode } from '#lib/errors.ts';
import { COMMENT_LENGTH, NOT_ANSWERED } from '#lib/form/answer.ts';
import type { Answer, ScaleAnswer } from '#lib/form/answer.ts';
import type { PageView } from '#lib/form/page-view.ts';
import type { PageEntries } from './answers/service.ts';

/** What raters' pages send, as JSON or as a form; the services decide whether the values fit the list. */

/** The largest body of an answer in bytes: a remark in which every character takes six (`\uXXXX`) fits. */
export const ANSWER_BYTES = 16 * 1024;
/** The largest body of a scale question: ten notes of the longest kind. */
export const SCALE_BYTES = 128 * 1024;

/** The largest page of a form that is sent without scripts: thirty long remarks in letters of nine bytes, before and now. */
export const PAGE_BYTES = 1024 * 1024;

const time = z.int().min(0);
const answer = z.object({
  score: z.number().nullable(),
  cannotJudge: z.boolean(),
  reason: z.enum(['not_seen', 'unclear']).nullable(),
  unclear: z.boolean(),
  comment: z.string(),
});
const scale = z.object({ value: z.number().nullable(), notes: z.array(z.string()).max(20) });

const changedAnswer = answer.extend({ changedAt: time });
const changedScale = scale.extend({ changedAt: time });
const changedLookBack = z.object({ value: z.number(), changedAt: time });
const loadedLookBack = z.record(z.string(), scale);
const loadedPage = z.object({ aspects: z.record(z.string(), answer), scale: scale.nullable() });

/** @throws DomainError invalid_body */
export function readAnswer(body: unknown): z.output<typeof changedAnswer> {
  const { success, data } = changedAnswer.safeParse(body);
  // A score and "cannot judge" at once is no answer.
  if (!success || (data.score !== null && data.cannotJudge)) throw new DomainError('invalid_body');
  return data;
}

/** @throws DomainError invalid_body */
export function readScale(body: unknown): z.output<typeof changedScale> {
  const { success, data } = changedScale.safeParse(body);
  if (!success) throw new DomainError('invalid_body');
  return data;
}

/** @throws DomainError invalid_body */
export function readLookBack(body: unknown): z.output<typeof changedLookBack> {
  const { success, data } = changedLookBack.safeParse(body);
  if (!success) throw new DomainError('invalid_body');
  return data;
}

/** A page as it was sent: what to store, and what is wrong with it by aspect or competency code. */
type SentPage = PageEntries & { errors: Record<string, ErrorCode> };

/**
 * Reads a page that was sent as a form (interfaces.md: the names of its fields). Its `before` holds the page as it was
 * loaded, so that only what the rater changed is stored.
 * @throws DomainError invalid_body; unknown_aspect for a field that is not on this page
 */
export function readPage(data: FormData, page: PageView): SentPage {
  const before = readLoaded(data.get('before'));
  const codes = page.clusters.flatMap((cluster) => cluster.aspects.map((aspect) => aspect.code));
  assertFields(data, page, codes);
  const errors: Record<string, ErrorCode> = {};
  const aspects = codes.map((code) => {
    const was = before.aspects[code] ?? NOT_ANSWERED;
    const { after, error } = readAspect(data, code, was);
    if (error) errors[code] = error;
    return { code, before: was, after };
  });
  if (!page.scale) return { aspects, scales: [], errors };
  const was = before.scale ?? { value: null, notes: [] };
  const { after, error } = readScaleFields(data, page.code, page.scale.followUps.length, was);
  if (error) errors[page.code] = error;
  return { aspects, scales: [{ code: page.code, before: was, after }], errors };
}

/**
 * Reads the look-back page as it was sent as a form: a field `then.<code>` for each of these competencies.
 * @throws DomainError invalid_body; unknown_aspect for a field that is not on this page
 */
export function readLookBackPage(data: FormData, codes: readonly string[]): Pick<PageEntries, 'scales'> {
  const before = readRecord(data.get('before'), loadedLookBack, {});
  const known = new Set(['before', 'go', 'language', ...codes.map((code) => `then.${code}`)]);
  for (const name of data.keys()) if (!known.has(name)) throw new DomainError('unknown_aspect');
  const scales = codes.map((code) => {
    const was = before[code] ?? { value: null, notes: [] };
    const choice = data.get(`then.${code}`);
    return { code, before: was, after: choice === null ? was : { value: whole(choice), notes: [] } };
  });
  return { scales };
}

function readLoaded(field: FormDataEntryValue | null): z.output<typeof loadedPage> {
  return readRecord(field, loadedPage, { aspects: {}, scale: null });
}

/** The record that a page carries of how it was loaded; `nothing` where it has none. */
function readRecord<S extends z.ZodType>(
  field: FormDataEntryValue | null,
  shape: S,
  nothing: z.output<S>,
): z.output<S> {
  if (field === null) return nothing;
  try {
    return shape.parse(JSON.parse(String(field)));
  } catch {
    throw new DomainError('invalid_body');
  }
}

function assertFields(data: FormData, page: PageView, codes: readonly string[]): void {
  const known = new Set(['before', 'go', 'language', `scale.${page.code}`]);
  for (const code of codes) for (const end of ['', '.reason', '.unclear', '.comment']) known.add(code + end);
  page.scale?.followUps.forEach((_, index) => known.add(`scale.${page.code}.note.${index}`));
  for (const name of data.keys()) if (!known.has(name)) throw new DomainError('unknown_aspect');
}

function readAspect(data: FormData, code: string, was: Answer): { after: Answer; error: ErrorCode | null } {
  const choice = data.get(code);
  const sent = data.get(`${code}.reason`);
  const reason = sent === 'not_seen' || sent === 'unclear' ? sent : null;
  const after: Answer = {
    ...was,
    // A page that arrived in part was sent without the statements after that: those say nothing.
    unclear: data.has(`${code}.unclear`) || (was.unclear && !data.has(`${code}.comment`)),
    comment: text(data.get(`${code}.comment`)) ?? was.comment,
  };
  // A radio cannot be taken back, so a group without a choice says nothing new. A reason alone is "cannot judge" too.
  if (choice === 'C' || (choice === null && reason !== null)) {
    Object.assign(after, { score: null, cannotJudge: true, reason });
  } else if (choice !== null) {
    Object.assign(after, { score: whole(choice), cannotJudge: false, reason: null });
  }
  const inRange = after.score === null || (after.score >= 1 && after.score <= 5);
  if (!inRange) return { after: was, error: 'score_out_of_range' };
  return { after, error: after.comment.length > COMMENT_LENGTH ? 'comment_too_long' : null };
}

function readScaleFields(
  data: FormData,
  code: string,
  followUps: number,
  was: ScaleAnswer,
): { after: ScaleAnswer; error: ErrorCode | null } {
  const choice = data.get(`scale.${code}`);
  const notes = Array.from({ length: followUps }, (_, index) => {
    return text(data.get(`scale.${code}.note.${index}`)) ?? was.notes[index] ?? '';
  });
  const value = choice === null ? was.value : whole(choice);
  if (value !== null && !(value >= 0 && value <= 10)) return { after: was, error: 'score_out_of_range' };
  const isLong = notes.some((note) => note.length > COMMENT_LENGTH);
  return { after: { value, notes }, error: isLong ? 'comment_too_long' : null };
}

/** Forms are sent with CRLF; a textarea counts and shows one character a line end. */
function text(field: FormDataEntryValue | null): string | null {
  return field === null ? null : String(field).replaceAll('\r\n', '\n');
}

/** A whole number that was sent; NaN, which is in no range, for anything else. */
function whole(field: FormDataEntryValue): number {
  return /^\d{1,2}$/.test(String(field)) ? Number(field) : Number.NaN;
}
