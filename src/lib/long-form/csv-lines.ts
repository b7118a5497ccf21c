import { stringify } from 'csv-stringify/sync';

/** What a reader of CSV would take for an end of the cell, or for quotes. */
const NEEDS_QUOTES = /[",\n\r]/;

/**
 * Rows as lines of CSV for programs (comma, LF, decimal point; null is an empty field). Nearly all rows of an export hold
 * nothing to be quoted, and are joined as they are: finding that out takes the library three times as long as all else.
 */
export function csvLines(rows: Iterable<readonly (string | number | null)[]>): string {
  let lines = '';
  for (const row of rows) lines += row.some(needsQuotes) ? stringify([row]) : `${row.join(',')}\n`;
  return lines;
}

function needsQuotes(cell: string | number | null): boolean {
  return typeof cell === 'string' && NEEDS_QUOTES.test(cell);
}
