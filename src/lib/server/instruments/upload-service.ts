import type { Refusal } from '#lib/instrument/faults.ts';
import { readInstrumentCsv } from '#lib/instrument/read-csv.ts';
import { readInstrumentJson } from '#lib/instrument/read-json.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import type { Localized } from '#lib/instrument/types.ts';

/** A list as it was read from a file or from pasted text, or everything that is wrong with it. */
export type ListFile = { ok: true; instrument: Instrument } | Refusal;

/** JSON begins with a brace, a list of cells with a heading. */
export function isJson(input: string | Uint8Array): boolean {
  const start = typeof input === 'string' ? input.slice(0, 1000) : new TextDecoder().decode(input.subarray(0, 1000));
  return /^\ufeff?\s*[{[]/.test(start);
}

/**
 * Reads a list, JSON or CSV.
 * @param named what a CSV list is called, which its file cannot say
 */
export function readList(
  input: string | Uint8Array,
  named: { key: string; version: string; title: Localized },
): ListFile {
  return isJson(input) ? readInstrumentJson(input) : readInstrumentCsv(input, named);
}

export { templateFile, templateName } from './list-template.ts';
