import { distinctSchools } from '#lib/analysis/distinct-schools.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { loadAsked } from '#lib/server/instruments/asked-service.ts';
import { schoolFigures, type SchoolFigures } from './figures.ts';
import { readsAsTrainer } from './may-see.ts';
import { withoutUnasked } from './pulse-figures.ts';
import * as queries from './queries.ts';
import { seenSnapshot } from './service.ts';
import * as shared from './shared-queries.ts';

/** Single schools of a cohort, for its trainer, where the cohort's setting shares them (rules.md, Shown and withheld). */

/**
 * The one answer for pages and files to which single schools of a round this person reads as its trainer: the school rounds
 * that may be laid side by side, by the name of the school. Null where there are none to read: without the cohort's setting, which everybody was told before the first answer, and below five of them.
 * @throws DomainError forbidden
 */
export async function singleSchools(db: Db, actor: Actor, roundId: string): Promise<string[] | null> {
  const rows = await shared.listReaders(db, roundId);
  const [first] = rows;
  if (first?.trainerSeesSchools !== 1) return null;
  if (!may(actor, 'see_cohort_figures', { cohortId: first.cohortId })) throw new DomainError('forbidden');
  const read = rows.filter((row) => readsAsTrainer(actor, row));
  const behind = read.map(({ schoolId, rateeId }) => ({ school: schoolId, ratee: rateeId, director: null }));
  if (distinctSchools(behind, false) < LIMITS.minSchools) return null;
  // Never by a figure.
  const inOrder = read.toSorted((a, b) => BY_NAME.compare(a.schoolName, b.schoolName));
  return inOrder.map(({ schoolRoundId }) => schoolRoundId);
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
  return (await singleSchools(db, actor, roundId))?.length ?? 0;
}

/**
 * The figures of each single school of a round that this person reads, one after another as they are asked for: no more
 * than one stands in memory. What was taken back or removed meanwhile is passed over.
 */
export async function* sharedReports(db: Db, actor: Actor, roundId: string): AsyncGenerator<SharedReport> {
  for (const id of (await singleSchools(db, actor, roundId)) ?? []) {
    const row = await queries.findReport(db, id);
    if (!row || !readsAsTrainer(actor, row)) continue;
    const { outline } = await loadAsked(db, row);
    const figures = withoutUnasked(schoolFigures(seenSnapshot(row, null), outline));
    yield { school: row.brin ?? row.schoolName, figures };
  }
}
