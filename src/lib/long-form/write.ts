import { csvLines } from './csv-lines.ts';
import { escapeFormula } from './formula.ts';
import { LONG_FORM_COLUMNS } from './columns.ts';
import type { LongFormColumn, LongFormEntry } from './columns.ts';

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

/**
 * The long form as CSV (comma, LF, header first), a piece for each block of entries as it comes. `readLongForm` reads it
 * back to the same entries.
 */
export async function* longFormCsv(
  blocks: Iterable<readonly LongFormEntry[]> | AsyncIterable<readonly LongFormEntry[]>,
): AsyncGenerator<string> {
  yield csvLines([LONG_FORM_COLUMNS]);
  for await (const entries of blocks) if (entries.length > 0) yield csvLines(entries.map(longFormCells));
}
