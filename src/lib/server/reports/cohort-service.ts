import type { View } from '#lib/analysis/types.ts';
import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import {
  clarityRows,
  cohortFigures,
  type ClarityRow,
  type CohortFigures,
  type RoundClarity,
} from './cohort-figures.ts';
import { shownSums, type Gone, type ShownSums, type SumsViewer } from './round-figures.ts';
import type { RoundSums } from './round-sums.ts';
import * as queries from './sums-queries.ts';

/** A closed round of a cohort, by name. */
export type ClosedRound = {
  id: string;
  name: string;
  number: number;
  closedAt: string | null;
  cohort: { id: string; name: string };
  instrumentVersionId: string;
};

/**
 * What this viewer may see of a closed round's cohort, from what was summed when it closed: means with intervals, gaps and
 * readings over schools (ShownSums), and clarity. Unrounded: a page, a file and a chart show one decimal, for the unrounded
 * means of two overlapping groups would give back what one school has more.
 */
export type RoundFigures = ShownSums & {
  round: ClosedRound;
  /** Whether single schools' reports are open to this viewer (the cohort's setting). */
  seesSchools: boolean;
  clarity: ClarityRow[];
};

/**
 * The figures of a cohort in one round; null while the round has not closed.
 * @throws DomainError not_found, also for a round whose figures are not this viewer's: nobody learns that it is there
 */
export async function roundFigures(db: Db, actor: Actor, roundId: string): Promise<RoundFigures | null> {
  const cohortId = await queries.cohortOfRound(db, roundId);
  if (cohortId === undefined || !may(actor, 'see_cohort_figures', { cohortId })) throw new DomainError('not_found');
  const row = await queries.findClosed(db, roundId);
  if (!row) return null;
  const stored = await storedOf(db, row);
  const viewer = viewerOf(actor, row);
  return {
    ...shownSums(stored.sums, stored.gone, viewer),
    round: toRound(row),
    seesSchools: viewer.seesSchools,
    clarity: clarityRows(stored, viewer),
  };
}

/** `cohort-report --json` (interfaces.md). */
export type CohortReport = { cohort: string; round: string } & CohortFigures;

/**
 * The figures of a cohort in one closed round: views from shown cells, clarity as it was taken when the round closed.
 * @throws DomainError forbidden; not_found when the cohort has no closed round of that name
 */
export async function cohortReport(db: Db, actor: Actor, cohortId: string, round: string): Promise<CohortReport> {
  if (!may(actor, 'see_cohort_figures', { cohortId })) throw new DomainError('forbidden');
  const row = (await queries.listClosed(db, cohortId)).find(({ name }) => name === round);
  if (!row) throw new DomainError('not_found');
  return { cohort: row.cohortName, round, ...cohortFigures(await storedOf(db, row), viewerOf(actor, row)) };
}

async function storedOf(db: Db, row: queries.ClosedRoundRow) {
  if (row.sums === null) throw new Error(`round ${row.id} was closed without sums`);
  return {
    sums: JSON.parse(row.sums) as RoundSums, // written by storeSums
    clarity: JSON.parse(row.document) as RoundClarity, // written by takeSnapshots
    gone: await goneOf(db, row.cohortId),
  };
}

async function goneOf(db: Db, cohortId: string): Promise<Gone> {
  const gone = new Map<string, Set<View>>();
  for (const { schoolRoundId, view } of await queries.listGone(db, cohortId)) {
    gone.set(schoolRoundId, (gone.get(schoolRoundId) ?? new Set()).add(view));
  }
  return gone;
}

function viewerOf(actor: Actor, row: queries.ClosedRoundRow): SumsViewer {
  return { seesSchools: row.trainerSeesSchools === 1, operator: actor.kind === 'operator' };
}

function toRound(row: queries.ClosedRoundRow): ClosedRound {
  const { id, name, number, closedAt, instrumentVersionId } = row;
  return { id, name, number, closedAt, instrumentVersionId, cohort: { id: row.cohortId, name: row.cohortName } };
}
