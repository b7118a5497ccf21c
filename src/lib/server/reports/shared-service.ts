import { may, type Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { loadAsked } from '#lib/server/instruments/asked-service.ts';
import { schoolFigures, type SchoolFigures } from './figures.ts';
import { withoutUnasked } from './pulse-figures.ts';
import * as queries from './queries.ts';
import * as readers from './reader-queries.ts';
import { maySee, seenSnapshot, viewerOf } from './service.ts';
import * as shared from './shared-queries.ts';

/** Single schools of a cohort, for its trainer, where the cohort's setting shares them (rules.md, Shown and withheld). */

/** The figures of one released report. */
export type SharedReport = {
  /** The BRIN if the school has one, else its name. */
  school: string;
  figures: SchoolFigures;
};

/** How many reports of a round this person may see as its trainer: the released ones, or none without the setting. */
export async function countShared(db: Db, actor: Actor, roundId: string): Promise<number> {
  return (await sharedIds(db, actor, roundId)).length;
}

/**
 * The figures of each report of a round that this person may see as its trainer, one after another as they are asked for:
 * no more than one stands in memory. What was taken back or removed meanwhile is passed over.
 */
export async function* sharedReports(db: Db, actor: Actor, roundId: string): AsyncGenerator<SharedReport> {
  for (const id of await sharedIds(db, actor, roundId)) {
    const row = await queries.findReport(db, id);
    if (!row || !maySee(actor, row)) continue;
    const viewer = viewerOf(actor, row);
    // A trainer who is this school's director too has confirmed first, as for its page.
    if (viewer === 'director' && !(await readers.hasConfirmed(db, id, row.directorId ?? ''))) continue;
    const { outline } = await loadAsked(db, row);
    const figures = withoutUnasked(schoolFigures(seenSnapshot(row, viewer), outline));
    yield { school: row.brin ?? row.schoolName, figures };
  }
}

async function sharedIds(db: Db, actor: Actor, roundId: string): Promise<string[]> {
  const round = await shared.findSharing(db, roundId);
  if (!round) return [];
  const scope = { cohortId: round.cohortId, trainerSeesSchools: round.trainerSeesSchools === 1, released: true };
  return may(actor, 'see_school_report', scope) ? shared.listReleased(db, roundId) : [];
}
