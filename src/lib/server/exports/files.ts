import type { Instrument } from '#lib/instrument/schema.ts';
import { codebookCsv, codebookRows } from '#lib/long-form/codebook.ts';
import { LONG_FORM_COLUMNS, type LongFormEntry } from '#lib/long-form/columns.ts';
import { escapeFormula } from '#lib/long-form/formula.ts';
import { longFormCells } from '#lib/long-form/write.ts';
import type { Row } from '#lib/server/workbook-xml.ts';
import { workbookPieces, type SheetOfRows } from '#lib/server/write-workbook.ts';

/** One codebook as CSV for each list that the answers were given with, in English. */
export function codebooksOf(instruments: readonly Instrument[]): { list: string; csv: string }[] {
  return instruments.map((instrument) => ({ list: nameOf(instrument), csv: codebookCsv(instrument, 'en') }));
}

const CODEBOOK = ['variable', 'value', 'label', 'label_self', 'competency', 'cluster'] as const;

/** The long form and its codebook as one XLSX file with a sheet each (a codebook a list, when there are more). */
export function responsesWorkbook(
  blocks: AsyncIterable<readonly LongFormEntry[]>,
  instruments: readonly Instrument[],
): AsyncGenerator<Uint8Array> {
  const responses = { name: 'responses', header: LONG_FORM_COLUMNS, rows: cellsOf(blocks) };
  const codebooks = instruments.map((instrument, index): SheetOfRows => {
    const rows = codebookRows(instrument, 'en').map((row) => CODEBOOK.map((column) => row[column] ?? ''));
    const title = instruments.length > 1 ? [['list', nameOf(instrument)]] : [];
    return {
      name: instruments.length === 1 ? 'codebook' : `codebook ${index + 1}`,
      header: CODEBOOK,
      widths: [12, 12, 90, 90, 36, 36],
      rows: [[...title, ...rows].map((row) => row.map(escapeFormula))],
    };
  });
  return workbookPieces([responses, ...codebooks]);
}

async function* cellsOf(blocks: AsyncIterable<readonly LongFormEntry[]>): AsyncGenerator<Row[]> {
  for await (const entries of blocks) yield entries.map(longFormCells);
}

function nameOf({ key, version }: Instrument): string {
  return `${key}@${version}`;
}
