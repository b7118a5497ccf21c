import { stringify } from 'csv-stringify/sync';
import { escapeFormula } from './formula.ts';
import { LONG_FORM_COLUMNS } from './long-form-columns.ts';
import type { LongFormColumn, LongFormEntry } from './long-form-columns.ts';

/** Rows are turned into text in blocks, so that an export of a whole cohort never stands in memory at once. */
const BLOCK = 1000;

/** A cell: a number stays a number, an absent value is null (an empty field). */
export type Cell = string | number | null;

/** The entry in the order of LONG_FORM_COLUMNS; its texts are safe to open in a spreadsheet, CSV and XLSX alike. */
export function longFormCells(entry: LongFormEntry): Cell[] {
  return LONG_FORM_COLUMNS.map((column) => cellOf(entry, column));
}

function cellOf(entry: LongFormEntry, column: LongFormColumn): Cell {
  if (column === 'score') return entry.score;
  if (column === 'unclear') return entry.unclear ? 1 : 0;
  const text = entry[column];
  return text === null ? null : escapeFormula(text);
}

/** The long form as CSV (comma, LF, header first), piece by piece. `readLongForm` reads it back to the same entries. */
export function* longFormCsv(entries: Iterable<LongFormEntry>): Generator<string> {
  yield stringify([[...LONG_FORM_COLUMNS]]);
  let block: Cell[][] = [];
  for (const entry of entries) {
    block.push(longFormCells(entry));
    if (block.length < BLOCK) continue;
    yield stringify(block);
    block = [];
  }
  if (block.length > 0) yield stringify(block);
}
