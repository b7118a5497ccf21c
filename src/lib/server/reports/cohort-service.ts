import type { View } from '#lib/analysis/types.ts';
import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { clarityRows, type ClarityRow, type RoundClarity, type StoredRound } from './cohort-figures.ts';
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
  /** It asked a part of its list. */
  isPulse: boolean;
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
 * @throws DomainError not_found, forbidden
 */
export async function roundFigures(db: Db, actor: Actor, roundId: string): Promise<RoundFigures | null> {
  const cohortId = await queries.cohortOfRound(db, roundId);
  if (cohortId === undefined) throw new DomainError('not_found');
  if (!may(actor, 'see_cohort_figures', { cohortId })) throw new DomainError('forbidden');
  const row = await queries.findClosed(db, roundId);
  if (!row) return null;
  const stored = await read(db, actor, row);
  const { viewer } = stored;
  return {
    ...shownSums(stored.sums, stored.gone, viewer),
    round: stored.round,
    seesSchools: viewer.seesSchools,
    clarity: clarityRows(stored, viewer),
  };
}

/**
 * A closed round whose figures are this actor's to see, with what was stored of it.
 * @throws DomainError not_found, also while it has not closed; forbidden
 */
export async function closedOf(db: Db, actor: Actor, roundId: string): Promise<Stored> {
  const row = await queries.findClosed(db, roundId);
  if (!row) throw new DomainError('not_found');
  if (!may(actor, 'see_cohort_figures', { cohortId: row.cohortId })) throw new DomainError('forbidden');
  return read(db, actor, row);
}

/**
 * The closed rounds of a cohort, oldest first.
 * @throws DomainError forbidden
 */
export async function listClosed(db: Db, actor: Actor, cohortId: string): Promise<ClosedRound[]> {
  if (!may(actor, 'see_cohort_figures', { cohortId })) throw new DomainError('forbidden');
  return (await queries.listClosedNames(db, [cohortId])).map(toRound);
}

/** A closed round as it was stored, what went since, and who looks. */
export type Stored = StoredRound & { round: ClosedRound; viewer: SumsViewer };

async function read(db: Db, actor: Actor, row: queries.ClosedRoundRow): Promise<Stored> {
  if (row.sums === null) throw new Error(`round ${row.id} was closed without sums`);
  return {
    round: toRound(row),
    sums: JSON.parse(row.sums) as RoundSums, // written by storeSums
    clarity: JSON.parse(row.document) as RoundClarity, // written by takeSnapshots
    gone: await goneOf(db, row.cohortId),
    viewer: { seesSchools: row.trainerSeesSchools === 1, operator: actor.kind === 'operator' },
  };
}

async function goneOf(db: Db, cohortId: string): Promise<Gone> {
  const gone = new Map<string, Set<View>>();
  for (const { schoolRoundId, view } of await queries.listGone(db, cohortId)) {
    gone.set(schoolRoundId, (gone.get(schoolRoundId) ?? new Set()).add(view));
  }
  return gone;
}

export function toRound(row: queries.ClosedNameRow): ClosedRound {
  const { id, name, number, closedAt, instrumentVersionId } = row;
  const cohort = { id: row.cohortId, name: row.cohortName };
  return { id, name, number, closedAt, instrumentVersionId, cohort, isPulse: Boolean(row.isPulse) };
}
