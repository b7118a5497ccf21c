import { formValues } from './form-values.ts';
import { m } from '#lib/paraglide/messages.js';
import { z } from 'zod';
import { NOTE_LENGTH, type GivenNote } from './programmes/notes-service.ts';

type Values = Partial<Record<'kind' | 'text' | 'version', string>>;
type Read =
  | { ok: true; values: Values; note: GivenNote; version: number }
  | { ok: false; values: Values; errors: Record<string, string> };

const KIND = z.enum(['decision', 'comment']).catch('comment');

/** The form of a note as it was sent, checked; `version` is 0 for a new one. */
export async function readNote(request: Request): Promise<Read> {
  const values = await formValues(request, ['kind', 'text', 'version']);
  const text = (values.text ?? '').replaceAll('\r\n', '\n').trim();
  if (text === '') return { ok: false, values, errors: { text: m.programme_note_empty() } };
  if (text.length > NOTE_LENGTH) return { ok: false, values, errors: { text: m.programme_note_too_long() } };
  return { ok: true, values, note: { kind: KIND.parse(values.kind), text }, version: Number(values.version ?? 0) };
}
