import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { knownMigrations } from '#lib/server/db/migrate.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { LogLine } from './log-service.ts';
import * as queries from './queries.ts';

/**
 * Writes a consistent copy of the whole database to an empty file while the server goes on (interfaces.md, `backup`).
 * Deleted rows are not in it.
 */
export async function copyInto(db: Db, file: string): Promise<void> {
  await queries.copyInto(db, file);
}

/** Writes the database anew, so that nothing that was deleted lies on in it. */
export async function compact(db: Db): Promise<void> {
  await queries.compact(db);
}

/** What is wrong with a database, as sentences for the operator; [] when all is well. */
export async function faults(db: Db): Promise<string[]> {
  const damage = await queries.integrityFaults(db);
  if (damage.length > 0) return damage.map((line) => `The file is damaged: ${line}.`);
  const schema = await schemaFaults(db);
  if (schema.length > 0) return schema;
  const dangling = await queries.danglingRows(db);
  const missing = await queries.roundsWithoutSnapshot(db);
  return [
    ...dangling.map(({ table, count }) => `${count} of the rows of ${table} point to something that is not there.`),
    ...missing.map((at) => `${at.cohort}, ${at.school}, ${at.round}: the round is closed and has no figures.`),
  ];
}

/**
 * What makes a file unfit to be restored: damage, or a schema that is not ours or newer than this version; [] when it
 * is fit. An older schema is fit: it is brought up to date.
 */
export async function restoreFaults(db: Db): Promise<string[]> {
  const damage = await queries.integrityFaults(db);
  if (damage.length > 0) return damage.map((line) => `The file is damaged: ${line}.`);
  const applied = await queries.appliedMigrations(db);
  if (applied.length === 0) return ['The file is no database of Drieluik.'];
  const unknown = applied.filter((name) => !knownMigrations().includes(name));
  if (unknown.length > 0) return [`The file was made by a newer version of Drieluik: ${unknown.join(', ')}.`];
  const dangling = await queries.danglingRows(db);
  return dangling.map(({ table, count }) => `${count} of the rows of ${table} point to something that is not there.`);
}

/**
 * Ends all sessions of a database that is about to be put back, goes on with the log of the one that it replaces, and
 * writes down what was put back: which copy, and whether what ended since was done again.
 */
export async function takeUp(
  trx: Db,
  actor: Actor,
  put: { copy: string; journal: 'replayed' | 'none'; lines: readonly LogLine[] },
): Promise<void> {
  await queries.endSessions(trx);
  await audit.addLines(trx, put.lines);
  const detail = { copy: put.copy, journal: put.journal, carried: put.lines.length };
  await audit.record(trx, actor, 'backup.restored', { type: 'database', id: '-' }, detail);
}

async function schemaFaults(db: Db): Promise<string[]> {
  const applied = await queries.appliedMigrations(db);
  if (applied.length === 0) return ['This is no database of Drieluik.'];
  const waiting = knownMigrations().filter((name) => !applied.includes(name));
  const unknown = applied.filter((name) => !knownMigrations().includes(name));
  return [
    ...waiting.map((name) => `The schema is not up to date: ${name} is missing. Starting Drieluik adds it.`),
    ...unknown.map((name) => `The schema is newer than this version of Drieluik: ${name}.`),
  ];
}
