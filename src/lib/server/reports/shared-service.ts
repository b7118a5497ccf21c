import { LIMITS } from '#lib/disclosure/limits.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { loadAsked } from '#lib/server/instruments/asked-service.ts';
import { closedOf } from './cohort-service.ts';
import { schoolFigures, type SchoolFigures } from './figures.ts';
import { withoutUnasked } from './pulse-figures.ts';
import * as queries from './queries.ts';
import { maySee, seenSnapshot, viewerOf } from './service.ts';
import * as shared from './shared-queries.ts';

/** Single schools of a cohort, for its trainer, where the cohort's setting shares them (rules.md, Shown and withheld). */

/** The school rounds that may be laid side by side, by the name of the school; `waiting` counts reports not released yet. */
export type SingleSchools = { ids: string[]; waiting: number };

/**
 * The one answer for pages and files to which single schools of a round this person reads as its trainer. Null where there
 * are none to read: without the cohort's setting, which everybody was told before the first answer, and below five schools.
 * @throws DomainError forbidden
 */
export async function singleSchools(db: Db, actor: Actor, roundId: string): Promise<SingleSchools | null> {
  const rows = await shared.listReaders(db, roundId);
  if (rows[0]?.trainerSeesSchools !== 1) return null;
  const { sums } = await closedOf(db, actor, roundId);
  if (sums.schools < LIMITS.minSchools) return null;
  // Never by a figure.
  const inOrder = rows
    .filter((row) => isSingle(actor, row))
    .toSorted((a, b) => BY_NAME.compare(a.schoolName, b.schoolName));
  return {
    ids: inOrder.map(({ schoolRoundId }) => schoolRoundId),
    waiting: rows.filter(({ releasedAt }) => releasedAt === null).length,
  };
}

/** Released, and not about this person: whoever is its director or IB'er reads it as a report, as whoever it is about does. */
function isSingle(actor: Actor, row: shared.ReaderRow): boolean {
  return row.releasedAt !== null && maySee(actor, row) && viewerOf(actor, row) === null;
}

/** Made once: comparing without one makes one each time. */
const BY_NAME = new Intl.Collator('nl');

/** The figures of one released report. */
export type SharedReport = {
  /** The BRIN if the school has one, else its name. */
  school: string;
  figures: SchoolFigures;
};

/** How many single schools of a round this person reads. */
export async function countShared(db: Db, actor: Actor, roundId: string): Promise<number> {
  return (await singleSchools(db, actor, roundId))?.ids.length ?? 0;
}

/**
 * The figures of each single school of a round that this person reads, one after another as they are asked for: no more
 * than one stands in memory. What was taken back or removed meanwhile is passed over.
 */
export async function* sharedReports(db: Db, actor: Actor, roundId: string): AsyncGenerator<SharedReport> {
  for (const id of (await singleSchools(db, actor, roundId))?.ids ?? []) {
    const row = await queries.findReport(db, id);
    if (!row || !isSingle(actor, row)) continue;
    const { outline } = await loadAsked(db, row);
    const figures = withoutUnasked(schoolFigures(seenSnapshot(row, null), outline));
    yield { school: row.brin ?? row.schoolName, figures };
  }
}
