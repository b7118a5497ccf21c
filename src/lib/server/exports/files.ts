import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import type { Instrument } from '#lib/instrument/schema.ts';
import * as imports from '#lib/server/imports/service.ts';

/** The long form as CSV, piece by piece. */
export function responsesCsv(entries: Iterable<imports.LongFormEntry>): Iterable<string> {
  return imports.longFormCsv(entries);
}

/** One codebook as CSV for each list that the answers were given with, in English. */
export function codebooksOf(instruments: readonly Instrument[]): { list: string; csv: string }[] {
  return instruments.map((instrument) => ({ list: nameOf(instrument), csv: imports.codebookCsv(instrument, 'en') }));
}

const CODEBOOK = ['variable', 'value', 'label', 'label_self', 'competency', 'cluster'] as const;

/** The long form and its codebook as one XLSX file with a sheet each (a codebook a list, when there are more). */
export function workbookOf(
  entries: Iterable<imports.LongFormEntry>,
  instruments: readonly Instrument[],
): Promise<Buffer> {
  const responses: SheetData = [[...imports.LONG_FORM_COLUMNS]];
  for (const entry of entries) responses.push(imports.longFormCells(entry));
  const codebooks = instruments.map((instrument, index) => ({
    sheet: instruments.length === 1 ? 'codebook' : `codebook ${index + 1}`,
    data: codebookSheet(instrument, instruments.length > 1),
  }));
  return writeXlsxFile([{ sheet: 'responses', data: responses }, ...codebooks]).toBuffer();
}

function codebookSheet(instrument: Instrument, isNamed: boolean): SheetData {
  const rows = imports.codebookRows(instrument, 'en');
  const title = isNamed ? [[imports.escapeFormula(nameOf(instrument))]] : [];
  return [
    ...title,
    [...CODEBOOK],
    ...rows.map((row) => CODEBOOK.map((column) => imports.escapeFormula(row[column] ?? ''))),
  ];
}

function nameOf({ key, version }: Instrument): string {
  return `${key}@${version}`;
}
