import { stringify } from 'csv-stringify/sync';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import type { Locale } from '#lib/text/numbers.ts';
import type { Table } from './tables.ts';

/** In Dutch a semicolon between cells and a comma in numbers, which is how a Dutch spreadsheet reads a CSV file. */
const MARKS: Readonly<Record<Locale, { delimiter: string; decimal: string }>> = {
  nl: { delimiter: ';', decimal: ',' },
  en: { delimiter: ',', decimal: '.' },
};

/** A table as CSV: UTF-8 with a byte order mark, without which Excel takes ë for two signs. */
export function csvOf(table: Table, locale: Locale): Uint8Array<ArrayBuffer> {
  const { delimiter, decimal } = MARKS[locale];
  const text = stringify(table, {
    ...{ bom: true, delimiter, record_delimiter: 'windows' },
    cast: { number: (value) => String(value).replace('.', decimal) },
  });
  return new TextEncoder().encode(text);
}

/** Tables as sheets of one XLSX file; numbers stay numbers, and what is no whole number shows one decimal. */
export async function workbookOf(sheets: readonly { name: string; table: Table }[]): Promise<Uint8Array<ArrayBuffer>> {
  const made = sheets.map(({ name, table }) => ({
    ...{ sheet: name, data: sheetData(table), stickyRowsCount: 1 },
    columns: (table[0] ?? []).map((_, column) => ({ width: widthOf(table, column) })),
  }));
  return new Uint8Array(await writeXlsxFile(made).toBuffer());
}

function sheetData([header = [], ...rows]: Table): SheetData {
  return [
    header.map((value) => ({ value: value ?? '', fontWeight: 'bold' as const, wrap: true })),
    ...rows.map((row) =>
      row.map((value) => (typeof value === 'number' && !Number.isInteger(value) ? { value, format: '0.0' } : value)),
    ),
  ];
}

/** In characters: the longest text, within reason. */
function widthOf(table: Table, column: number): number {
  const [, ...rows] = table;
  const lengths = rows.map((row) => (typeof row[column] === 'string' ? row[column].length : 0));
  return Math.min(90, Math.max(12, ...lengths) + 2);
}
