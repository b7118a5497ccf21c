import { LIMITS } from '#lib/disclosure/limits.ts';
import { DomainError } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as downloads from '#lib/server/downloads/service.ts';
import { askedByRound } from '#lib/server/instruments/asked-service.ts';
import * as shared from '#lib/server/reports/shared-service.ts';
import * as reports from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { codebookRows } from './codebook.ts';
import type { TableName } from './columns.ts';
import { figureRows } from './figure-rows.ts';
import { changesOf, listsOf, placesOf } from './pieces.ts';
import { piecesInThread } from './pieces-in-thread.ts';
import * as queries from './queries.ts';
import { rowsOfSchool } from './school-rows.ts';

/**
 * The figures of a cohort as files, for its trainer: one closed round, or all of them. They hold what the trainer's pages
 * show, by the same functions and under the same rules; single schools only where the cohort's setting shares them, and no
 * answer of a single rater (rules.md, Shown and withheld).
 */

/** Which rounds: the one of the address, or all closed rounds of its cohort. */
export type Extent = 'round' | 'cohort';

/** What an address asks for: `cohort` is all rounds of it, anything else the one round. */
export function extentOf(word: string | null): Extent {
  return word === 'cohort' ? 'cohort' : 'round';
}

/** What there is of a closed round. `few`: its figures over schools are withheld as a whole, for it has too few schools. */
export type RoundInFiles = {
  name: string;
  schools: number;
  few: boolean;
  reports: number;
  shared: number;
  /** Reports that its figures leave out, because this person does not read them (yet). */
  leftOut: number;
};

/** What the files hold, said before one is downloaded. */
export type Contents = {
  cohort: { id: string; name: string };
  round: { id: string; name: string; isClosed: boolean };
  /** Closed rounds of the cohort, in order. */
  closed: string[];
  /** Those that the files are about. */
  rounds: RoundInFiles[];
  needed: number;
  sharesSchools: boolean;
  /** Rows of each table, below its header. */
  rows: Record<TableName, number>;
};

/**
 * What the files of a round would hold, or of all closed rounds of its cohort.
 * @throws DomainError not_found, also where it is not this person's to see
 */
export async function contents(db: Db, actor: Actor, roundId: string, extent: Extent): Promise<Contents> {
  const { cohort, round, closed, wanted } = await find(db, actor, roundId, extent);
  const rounds: RoundInFiles[] = [];
  const rows = { figures: 0, schools: 0, codebook: 0 };
  for (const one of wanted) {
    const { instrument } = await askedByRound(db, one);
    const figures = await reports.roundFigures(db, actor, one.id);
    const count = await shared.countShared(db, actor, one.id);
    const { schools, leftOut } = figures ?? { schools: 0, leftOut: null };
    const left = leftOut ? leftOut.waiting + leftOut.own : 0;
    const few = schools < LIMITS.minSchools;
    rounds.push({ name: one.name, schools, few, reports: one.reports, shared: count, leftOut: left });
    rows.figures += figures ? figureRows(figures, placesOf(instrument)).length : 0;
    for await (const changes of changesOf(db, one, placesOf(instrument), { actor, closed }))
      rows.figures += changes.length;
    const { competencies } = instrument;
    const aspects = competencies.flatMap(aspectsOf).length;
    rows.schools += count * rowsOfSchool({ competencies: competencies.length, aspects });
  }
  rows.codebook = codebookRows(await listsOf(db, wanted)).length;
  const names = closed.map(({ name }) => name);
  return {
    ...{ cohort, round, closed: names, rounds, needed: LIMITS.minSchools, rows },
    sharesSchools: round.sharesSchools,
  };
}

/** A file that is made as it is read. */
export type StreamedFile = { name: string; type: string; pieces: AsyncGenerator<Uint8Array> };

const FILES = {
  'figures.csv': ['figures'],
  'schools.csv': ['schools'],
  'codebook.csv': ['codebook'],
  'figures.xlsx': ['figures', 'schools', 'codebook'],
} as const satisfies Record<string, readonly TableName[]>;

/**
 * One of the files: figures.csv, schools.csv, codebook.csv, or figures.xlsx with all three. Made piece by piece in a thread
 * that reads the file `database`, a school at a time, so that a file of any length takes the same memory and holds nothing
 * up; whoever stops reading ends it. Written to the audit log before anything is handed over.
 * @throws DomainError not_found when there is no such file, no closed round, or it is not this person's to see
 */
export async function file(
  db: Db,
  readDb: Db,
  actor: Actor,
  roundId: string,
  asked: { file: string; extent: Extent; locale: Locale },
  database: string,
): Promise<StreamedFile> {
  if (!isFile(asked.file)) throw new DomainError('not_found');
  const found = await find(readDb, actor, roundId, asked.extent);
  const tables = FILES[asked.file].filter((table) => table !== 'schools' || found.round.sharesSchools);
  if (found.wanted.length === 0 || tables.length === 0) throw new DomainError('not_found');
  const object =
    asked.extent === 'round'
      ? ({ type: 'round', id: roundId } as const)
      : { type: 'cohort' as const, id: found.cohort.id };
  await audit.record(db, actor, 'cohort.figures_downloaded', object, { file: asked.file });
  const kind = asked.file.endsWith('.xlsx') ? 'xlsx' : 'csv';
  return {
    name: nameOf(found, asked),
    type: downloads.TYPES[kind],
    pieces: piecesInThread({ database, actor, kind, tables, rounds: found.wanted, closed: found.closed }),
  };
}

type Found = {
  cohort: Contents['cohort'];
  round: Contents['round'] & { sharesSchools: boolean };
  closed: queries.ClosedRound[];
  wanted: queries.ClosedRound[];
};

async function find(db: Db, actor: Actor, roundId: string, extent: Extent): Promise<Found> {
  const round = await queries.findRound(db, roundId);
  if (!round || !may(actor, 'see_cohort_figures', { cohortId: round.cohortId })) throw new DomainError('not_found');
  const closed = await queries.listClosed(db, round.cohortId);
  const isClosed = closed.some(({ id }) => id === roundId);
  const sharesSchools = round.trainerSeesSchools === 1;
  return {
    cohort: { id: round.cohortId, name: round.cohortName },
    round: { id: roundId, name: round.name, isClosed, sharesSchools },
    closed,
    wanted: extent === 'cohort' ? closed : closed.filter(({ id }) => id === roundId),
  };
}

function isFile(name: string): name is keyof typeof FILES {
  return Object.hasOwn(FILES, name);
}

/** Such as `drieluik-rivierenrand-t2-cijfers.csv`: cohort and round, in plain letters. */
function nameOf(
  { cohort, round }: Found,
  { file: name, extent, locale }: { file: keyof typeof FILES | string; extent: Extent; locale: Locale },
): string {
  const at = { locale };
  const of = extent === 'cohort' ? m.export_name_all({}, at) : round.name;
  const [table = '', ending = ''] = name.split('.');
  const words: Readonly<Record<string, string>> = {
    figures: m.export_name_figures({}, at),
    schools: m.export_name_schools({}, at),
    codebook: m.export_name_codebook({}, at),
  };
  const parts = ['drieluik', cohort.name, of, words[table] ?? table];
  return `${parts.map(downloads.plainName).filter(Boolean).join('-')}.${ending}`;
}
