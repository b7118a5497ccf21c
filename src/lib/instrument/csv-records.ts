import { CsvError, parse } from 'csv-parse/sync';
import type { FaultList, Position } from './faults.ts';
import type { SourceText } from './source-text.ts';

/** A tab is what cells copied out of a spreadsheet have between them. */
type Delimiter = ',' | ';' | '\t';

/** A CSV file that is open for reading: its bytes and what stands between two fields. */
export type CsvSource = { bytes: Uint8Array; delimiter: Delimiter };

/** Where a record starts: its first line (from 1) and its first byte (from 0). */
type RecordStart = { line: number; start: number };

/** A record that is not blank. Fields are as written, without their quotes. */
export type CsvRecord = RecordStart & { fields: readonly string[] };

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** A comma, a semicolon or a tab: the one that the first line has most of, and a comma where it has none. */
export function csvSource(source: SourceText): CsvSource {
  const firstLine = /^\s*([^\r\n]*)/.exec(source.text)?.[1] ?? '';
  const count = (delimiter: Delimiter) => firstLine.split(delimiter).length;
  const delimiter = ([',', ';', '\t'] as const).reduce((most, next) => (count(next) > count(most) ? next : most));
  return { bytes: source.bytes, delimiter };
}

/**
 * Hands every record that is not blank to `visit`, the header first, in the order of the file. Quoted fields may hold
 * line breaks; lines may end in LF, CRLF or CR. A fault in the quoting ends the reading: what follows has no meaning.
 */
export function forEachRecord(source: CsvSource, faults: FaultList, visit: (record: CsvRecord) => void): void {
  let next: RecordStart = { line: 1, start: 0 };
  try {
    parse(source.bytes, {
      delimiter: source.delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      on_record: (fields: string[]) => {
        const { line, start } = next;
        next = recordAfter(source.bytes, next);
        if (fields.some((field) => field !== '' && field.trim() !== '')) visit({ fields, line, start });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const field = typeof error['column'] === 'number' ? error['column'] : 0;
    const code = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'csv_quote_not_closed' : 'csv_quote_misplaced';
    faults.add(code, fieldPosition(source, next, field));
  }
}

/** Where field `index` (from 0) of a record starts; beyond the last field, where the record ends. */
export function fieldPosition(source: CsvSource, record: RecordStart, index: number): Position {
  const { bytes } = source;
  const delimiter = source.delimiter.charCodeAt(0);
  let { line } = record;
  let column = 1;
  let field = 0;
  let quoted = false;
  for (let i = record.start; i < bytes.length && field < index; i += 1) {
    const byte = bytes[i] ?? 0;
    if (isLineEnd(bytes, i)) {
      if (!quoted) break;
      line += 1;
      column = 1;
      continue;
    }
    if (byte === QUOTE) quoted = !quoted;
    else if (byte === delimiter && !quoted) field += 1;
    else if (byte === CR && !quoted) break;
    if ((byte & 0xc0) !== 0x80) column += 1; // bytes that continue a character do not count
  }
  return { line, column };
}

/** Found here and not taken from the parser's counters, so that every reader follows one definition of line and column. */
function recordAfter(bytes: Uint8Array, record: RecordStart): RecordStart {
  let { line } = record;
  let quoted = false;
  for (let i = record.start; i < bytes.length; i += 1) {
    if (bytes[i] === QUOTE) quoted = !quoted;
    else if (isLineEnd(bytes, i)) {
      line += 1;
      if (!quoted) return { line, start: i + 1 };
    }
  }
  return { line, start: bytes.length };
}

/** True for the last byte of LF, CRLF and CR. */
function isLineEnd(bytes: Uint8Array, i: number): boolean {
  return bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] !== LF);
}
