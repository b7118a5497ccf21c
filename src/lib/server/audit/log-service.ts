import { stringify } from 'csv-stringify/sync';
import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import { startOfDay } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import { idBound } from '#lib/server/ids.ts';
import { escapeFormula } from '#lib/long-form/formula.ts';
import { OPERATOR, type LogFilter } from './log-address.ts';
import { Names, withoutAddress, type ObjectRef } from './log-names.ts';
import * as queries from './log-queries.ts';
import { record } from './service.ts';

export { OPERATOR, queryOf, readAsked, type LogFilter } from './log-address.ts';

/** Reading the log: for administrators (product.md, Roles and rights). What it says of an object is looked up as it is now. */

/** One line. `name` is null for who or what is gone, and '' for what has no name of its own. */
export type LogLine = {
  id: string;
  at: string;
  who: { kind: string; userId: string | null; name: string | null };
  action: string;
  object: ObjectRef & { name: string | null };
  details: Detail[];
};

/** What a line adds: words of closed lists, counts, and names of what its ids mean. Anything else stays where it is. */
const DETAILS = [
  ...(['person', 'role', 'cohort', 'programme', 'mode', 'file', 'teams', 'schools', 'people', 'responses'] as const),
  ...(['by', 'times', 'lines', 'method', 'route'] as const),
] as const;
/** The details that are ids of what has a name. */
const NAMED = ['person', 'cohort', 'programme'] as const;
export type Detail = { key: (typeof DETAILS)[number]; value: string };

const PAGE_LINES = 50;
/** So many lines are read at a time for a file. */
const FILE_LINES = 500;

/**
 * Fifty lines before the one with this id (null: the newest).
 * @returns with them the id to go on from; null at the end
 * @throws DomainError forbidden
 */
export async function readPage(
  db: Db,
  actor: Actor,
  filter: LogFilter,
  before: string | null,
): Promise<{ lines: LogLine[]; next: string | null }> {
  assertReader(actor);
  const rows = await queries.listEvents(db, await narrowing(db, filter), before, PAGE_LINES + 1);
  const shown = rows.slice(0, PAGE_LINES);
  return { lines: await toLines(db, shown), next: rows.length > PAGE_LINES ? (shown.at(-1)?.id ?? null) : null };
}

/** What there is to choose from: accounts that did something, and cohorts. @throws DomainError forbidden */
export async function choices(db: Db, actor: Actor) {
  assertReader(actor);
  const actors = await queries.listActors(db);
  return {
    actors: actors.map(({ id, name }) => ({ id, name: withoutAddress(name) })),
    cohorts: await queries.listCohorts(db),
  };
}

/** How the words of a file are chosen: the reader's language. */
export type FileWords = {
  delimiter: string;
  header: readonly string[];
  who: (line: LogLine) => string;
  action: (line: LogLine) => string;
  object: (line: LogLine) => string;
  details: (line: LogLine) => string;
};

/**
 * The same lines as a CSV file, all of them, in pieces; that it was asked for is written to the log first. Cells are escaped
 * against formulas (rules.md, Links and mail).
 * @throws DomainError forbidden
 */
export async function writeFile(
  db: Db,
  readDb: Db,
  actor: Actor,
  filter: LogFilter,
  words: FileWords,
): Promise<AsyncGenerator<string>> {
  assertReader(actor);
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
  await record(db, actor, 'audit.downloaded', { type: 'database', id: '-' }, asked);
  return pieces(readDb, await narrowing(readDb, filter), words);
}

async function* pieces(db: Db, narrowed: queries.Narrowing, words: FileWords): AsyncGenerator<string> {
  yield csv([words.header], words.delimiter, true);
  let before: string | null = null;
  for (;;) {
    const rows: queries.EventRow[] = await queries.listEvents(db, narrowed, before, FILE_LINES);
    const lines = await toLines(db, rows);
    if (lines.length > 0)
      yield csv(
        lines.map((line) => cellsOf(line, words)),
        words.delimiter,
      );
    before = rows.at(-1)?.id ?? null;
    if (rows.length < FILE_LINES) return;
  }
}

function cellsOf(line: LogLine, words: FileWords): string[] {
  return [
    ...[line.at, words.who(line), words.action(line), words.object(line), words.details(line)],
    ...[line.action, line.object.type, line.object.id],
  ];
}

function csv(rows: readonly (readonly string[])[], delimiter: string, bom = false): string {
  const escaped = rows.map((row) => row.map(escapeFormula));
  return stringify(escaped, { bom, delimiter, record_delimiter: 'windows' });
}

function assertReader(actor: Actor): void {
  if (!may(actor, 'see_audit')) throw new DomainError('forbidden');
}

async function narrowing(db: Db, { who, action, about, from, until }: LogFilter): Promise<queries.Narrowing> {
  const isCohort = about !== '' && (await queries.isCohort(db, about));
  const [start, end] = [startOfDay(from), startOfDay(until, 1)];
  return {
    who: who === '' ? null : who === OPERATOR ? { kind: OPERATOR } : { userId: who },
    action: action === '' ? null : action,
    about: about === '' ? null : isCohort ? { cohortId: about } : { objectId: about },
    from: start && idBound(start),
    until: end && idBound(end),
  };
}

async function toLines(db: Db, rows: readonly queries.EventRow[]): Promise<LogLine[]> {
  const details = rows.map((row) => JSON.parse(row.detail) as Record<string, unknown>); // written by `record`
  const named = details.flatMap((detail) =>
    NAMED.flatMap((type) => (typeof detail[type] === 'string' ? [{ type, id: detail[type] }] : [])),
  );
  const names = await Names.of(db, [...named, ...rows.map((row) => ({ type: row.objectType, id: row.objectId }))]);
  return rows.map((row, index) => {
    const object = { type: row.objectType, id: row.objectId };
    return {
      ...{ id: row.id, at: row.at, action: row.action, object: { ...object, name: names.get(object) } },
      who: {
        kind: row.actor,
        userId: row.actorUserId,
        name: row.actorName === null ? null : withoutAddress(row.actorName),
      },
      details: detailsOf(details[index] ?? {}, names),
    };
  });
}

function detailsOf(detail: Record<string, unknown>, names: Names): Detail[] {
  return DETAILS.flatMap((key): Detail[] => {
    const value = detail[key];
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    const type = NAMED.find((each) => each === key);
    if (!type) return [{ key, value: String(value) }];
    const name = names.get({ type, id: String(value) });
    return name ? [{ key, value: name }] : []; // gone, or somebody without a name
  });
}
