import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import { csvLines } from '#lib/long-form/csv-lines.ts';
import type { Db } from '#lib/server/db/open.ts';
import { escapeFormula } from '#lib/long-form/formula.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as shared from '#lib/server/reports/shared-service.ts';
import type { Row } from '#lib/server/workbook-xml.ts';
import { workbookPieces } from '#lib/server/write-workbook.ts';
import { changeRows } from './change-rows.ts';
import { codebookRows } from './codebook.ts';
import { COLUMNS, listName, type Place, type TableName } from './columns.ts';
import { figureRows } from './figure-rows.ts';
import type { ClosedRound } from './queries.ts';
import { schoolRows } from './school-rows.ts';

/** What a file holds, as it was settled before: plain data, for it goes to the thread that makes the file. */
export type Wanted = {
  actor: Actor;
  kind: 'csv' | 'xlsx';
  /** Sheets of a workbook; of CSV the one table. */
  tables: readonly TableName[];
  rounds: readonly ClosedRound[];
  /** Every closed round of the cohort, oldest first: a round's change is since each one before it. */
  closed: readonly ClosedRound[];
};

/** A file piece by piece, each made as it is asked for. */
export function piecesOf(db: Db, wanted: Wanted): AsyncGenerator<string | Uint8Array> {
  const rowsOf = (table: TableName) => blocksOf(db, table, wanted);
  if (wanted.kind === 'csv') return csvPieces(wanted.tables, rowsOf);
  return workbookPieces(
    wanted.tables.map((name) => ({ name, header: COLUMNS[name], widths: WIDTHS[name], rows: rowsOf(name) })),
  );
}

/** In characters, as the columns of COLUMNS come. */
const WIDTHS: Readonly<Record<TableName, readonly number[]>> = {
  figures: [28, 8, 14, 12, 12, 14, 10, 18, 26],
  schools: [28, 8, 14, 28, 12, 12, 14, 10, 10, 8, 18, 18, 18],
  codebook: [12, 14, 24, 90, 90, 12, 14],
};

async function* csvPieces(
  tables: readonly TableName[],
  rowsOf: (table: TableName) => AsyncIterable<Row[]>,
): AsyncGenerator<string> {
  for (const table of tables) {
    yield csvLines([COLUMNS[table]]);
    for await (const rows of rowsOf(table)) yield csvLines(rows);
  }
}

/** The change to a round since each closed round before it. */
export async function* changesOf(
  db: Db,
  round: ClosedRound,
  places: Map<string, Place>,
  { actor, closed }: Pick<Wanted, 'actor' | 'closed'>,
): AsyncGenerator<Row[]> {
  const before = closed.slice(
    0,
    closed.findIndex(({ id }) => id === round.id),
  );
  for (const { id } of before) yield changeRows(await reports.change(db, actor, id, round.id), places);
}

/** Texts are made safe to open; a block is a round's figures, a change, or one school's values. */
async function* blocksOf(db: Db, table: TableName, wanted: Wanted): AsyncGenerator<Row[]> {
  const { actor, rounds } = wanted;
  if (table === 'codebook') return yield safe(codebookRows(await listsOf(db, rounds)));
  for (const round of rounds) {
    const places = placesOf((await instruments.load(db, round.instrumentVersionId)).instrument);
    if (table === 'figures') {
      const figures = await reports.roundFigures(db, actor, round.id);
      if (figures === null) throw new DomainError('round_not_closed'); // opened again while the file was read
      yield safe(figureRows(figures, places));
      for await (const rows of changesOf(db, round, places, wanted)) yield safe(rows);
    } else {
      const name = { cohort: round.cohort, round: round.name };
      for await (const report of shared.sharedReports(db, actor, round.id))
        yield safe(schoolRows(name, report, places));
    }
  }
}

function safe(rows: readonly Row[]): Row[] {
  return rows.map((row) => row.map((cell) => (typeof cell === 'string' ? escapeFormula(cell) : cell)));
}

/** What each round asked with, for the codebook. */
export async function listsOf(db: Db, rounds: readonly ClosedRound[]) {
  const all: Parameters<typeof codebookRows>[0][number][] = [];
  for (const { name, constants, instrumentVersionId } of rounds) {
    all.push({ name, constants, instrument: (await instruments.load(db, instrumentVersionId)).instrument });
  }
  return all;
}

/** Where each aspect of a list belongs, by its code. */
export function placesOf(instrument: instruments.LoadedInstrument['instrument']): Map<string, Place> {
  const list = listName(instrument);
  return new Map(
    instrument.competencies.flatMap(({ code: competency, clusters }) =>
      clusters.flatMap(({ key: cluster, aspects }) =>
        aspects.map(({ code }) => [code, { list, competency, cluster }] as const),
      ),
    ),
  );
}
