import type { Selectable } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { AuditEvent } from '#lib/server/db/schema.ts';
import { idBound } from '#lib/server/ids.ts';
import * as queries from './log-queries.ts';
import { findJournalId } from './replay-queries.ts';

/** Ids sort by time, but a line may be committed a little after one with a later id. */
const OVERLAP_MS = 3_600_000;

/** A line of the log as it is stored. */
export type LogLine = Selectable<AuditEvent>;

/**
 * The lines of the log that a copy lacks and the database that it is to replace has, oldest first: the log only grows, also
 * where a copy is put back (migrations/0005). [] where the two are not the same database, by the name of their journal.
 */
export async function linesMissing(db: Db, replaced: Db): Promise<LogLine[]> {
  const known = await findJournalId(db);
  if (known === undefined || known !== (await findJournalId(replaced))) return [];
  const newest = await queries.newestAt(db);
  const since = newest === undefined ? '' : idBound(new Date(Date.parse(newest) - OVERLAP_MS));
  const held = new Set(await queries.listIds(db, since));
  return (await queries.listLines(replaced, since)).filter(({ id }) => !held.has(id));
}
