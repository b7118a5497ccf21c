import type { Position } from '#lib/instrument/faults.ts';
import { csvSource } from '#lib/instrument/csv-records.ts';

/** What stands at a fault: how the file calls the column, null in the heading itself and beyond it; and the line. */
export type FaultLine = { heading: string | null; row: string };

/** The columns and lines that these faults are in, to be shown beside them. Both are as the file writes them. */
export function faultLines(given: string, faults: readonly Position[]): FaultLine[] {
  const text = given.replace(/^\ufeff/, '');
  const { delimiter } = csvSource({ bytes: new Uint8Array(), text, hadByteOrderMark: false });
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== '');
  const headings = fieldsOf(lines[first] ?? '', delimiter);
  return faults.map(({ line, column }) => {
    const row = lines[line - 1] ?? '';
    const before = [...row].slice(0, column - 1).join('');
    const heading = line - 1 > first ? headings[fieldsOf(before, delimiter).length - 1] : undefined;
    return { heading: heading || null, row: row.trim() };
  });
}

/** The fields of one line, without the quotes around them. */
function fieldsOf(line: string, delimiter: string): string[] {
  const fields = [''];
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) fields.push('');
    else fields.push(`${fields.pop() ?? ''}${character}`);
  }
  return fields.map((field) => field.trim());
}
