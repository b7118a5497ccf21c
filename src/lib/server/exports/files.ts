import type { Instrument } from '#lib/instrument/schema.ts';
import * as imports from '#lib/server/imports/service.ts';
import type { Row } from '#lib/server/workbook-xml.ts';
import { workbookPieces, type SheetOfRows } from '#lib/server/write-workbook.ts';

/** One codebook as CSV for each list that the answers were given with, in English. */
export function codebooksOf(instruments: readonly Instrument[]): { list: string; csv: string }[] {
  return instruments.map((instrument) => ({ list: nameOf(instrument), csv: imports.codebookCsv(instrument, 'en') }));
}

const CODEBOOK = ['variable', 'value', 'label', 'label_self', 'competency', 'cluster'] as const;

/** The long form and its codebook as one XLSX file with a sheet each (a codebook a list, when there are more). */
export function responsesWorkbook(
  blocks: AsyncIterable<readonly imports.LongFormEntry[]>,
  instruments: readonly Instrument[],
): AsyncGenerator<Uint8Array> {
  const responses = { name: 'responses', header: imports.LONG_FORM_COLUMNS, rows: cellsOf(blocks) };
  const codebooks = instruments.map((instrument, index): SheetOfRows => {
    const rows = imports.codebookRows(instrument, 'en').map((row) => CODEBOOK.map((column) => row[column] ?? ''));
    const title = instruments.length > 1 ? [['list', nameOf(instrument)]] : [];
    return {
      name: instruments.length === 1 ? 'codebook' : `codebook ${index + 1}`,
      header: CODEBOOK,
      widths: [12, 12, 90, 90, 36, 36],
      rows: [[...title, ...rows].map((row) => row.map(imports.escapeFormula))],
    };
  });
  return workbookPieces([responses, ...codebooks]);
}

async function* cellsOf(blocks: AsyncIterable<readonly imports.LongFormEntry[]>): AsyncGenerator<Row[]> {
  for await (const entries of blocks) yield entries.map(imports.longFormCells);
}

function nameOf({ key, version }: Instrument): string {
  return `${key}@${version}`;
}
