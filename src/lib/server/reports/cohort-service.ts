import type { View } from '#lib/analysis/types.ts';
import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import { askedByRound, rolesAsked } from '#lib/server/instruments/asked-service.ts';
import { clarityRows, type ClarityRow, type RoundClarity, type StoredRound } from './cohort-figures.ts';
import { clarityNotAsked, sumsNotAsked } from './not-asked.ts';
import { shownSums, type Gone, type ShownSums, type SumsViewer } from './round-figures.ts';
import { roundSums, type RoundSums } from './round-sums.ts';
import { readUnits, type ReadUnits } from './series-units.ts';
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
 * What this viewer may see of a closed round's cohort: means with intervals, gaps and readings over schools (ShownSums), and
 * clarity. They are from what was summed when it closed, or over the reports that are this viewer's to read, where the
 * cohort's setting opens those (docs/decisions.md). Unrounded: a page, a file and a chart show one decimal, for the
 * unrounded means of two overlapping groups would give back what one school has more.
 */
export type RoundFigures = ShownSums & {
  round: ClosedRound;
  /** Whether single schools' reports are open to this viewer (the cohort's setting). */
  seesSchools: boolean;
  clarity: ClarityRow[];
  /** Reports that are not in the means, of `all`: not released, or about the viewer; null where all schools are. */
  leftOut: { waiting: number; own: number; all: number } | null;
};

/**
 * The figures of a cohort in one round; null while the round may still change: it is open, or it closed and no report was
 * ever released, so that it can open again, or take in more of an import. Somebody who came in then would be the difference
 * between two pictures.
 * @param aspect makes them of that aspect alone, and costs no more than that: competencies and other aspects are missing then
 * @throws DomainError not_found, forbidden
 */
export async function roundFigures(
  db: Db,
  actor: Actor,
  roundId: string,
  aspect?: string,
): Promise<RoundFigures | null> {
  const cohortId = await queries.cohortOfRound(db, roundId);
  if (cohortId === undefined) throw new DomainError('not_found');
  if (!may(actor, 'see_cohort_figures', { cohortId })) throw new DomainError('forbidden');
  const row = await queries.findClosed(db, roundId);
  if (!row || !isSettled(actor, row)) return null;
  const stored = await read(db, actor, row, { aspect });
  const { viewer, roles } = stored;
  return {
    ...sumsNotAsked(shownSums(stored.sums, stored.gone, viewer), roles),
    ...(aspect === undefined ? {} : { views: [], gaps: [] }),
    round: stored.round,
    seesSchools: viewer.seesSchools,
    clarity: clarityNotAsked(clarityRows(stored, viewer), roles),
    leftOut: leftOutOf(stored),
  };
}

/** Which reports are not in what was read for a trainer; null where all are. */
export function leftOutOf({ read, sums }: Stored): RoundFigures['leftOut'] {
  if (read === null || read.unread.length === 0) return null;
  const own = read.unread.filter(({ isOwn }) => isOwn).length;
  return { waiting: read.unread.length - own, own, all: sums.units.length + read.unread.length };
}

/**
 * A closed round whose figures are this actor's to see, with what was stored of it.
 * @throws DomainError not_found, also while it may still change; forbidden
 */
export async function closedOf(db: Db, actor: Actor, roundId: string): Promise<Stored> {
  const row = await queries.findClosed(db, roundId);
  if (!row) throw new DomainError('not_found');
  if (!may(actor, 'see_cohort_figures', { cohortId: row.cohortId })) throw new DomainError('forbidden');
  if (!isSettled(actor, row)) throw new DomainError('not_found');
  return read(db, actor, row);
}

/**
 * The closed rounds of a cohort that have figures, oldest first.
 * @throws DomainError forbidden
 */
export async function listClosed(db: Db, actor: Actor, cohortId: string): Promise<ClosedRound[]> {
  if (!may(actor, 'see_cohort_figures', { cohortId })) throw new DomainError('forbidden');
  return (await listSettled(db, actor, [cohortId])).map(toRound);
}

/** The closed rounds of these cohorts that no longer change, by cohort and oldest first. */
export async function listSettled(
  db: Db,
  actor: Actor,
  cohortIds: readonly string[],
): Promise<queries.ClosedNameRow[]> {
  return (await queries.listClosedNames(db, cohortIds)).filter((row) => isSettled(actor, row));
}

/** The operator reads what is there: single schools and raters too. */
export function isSettled(actor: Actor, { wasReleased }: queries.ClosedNameRow): boolean {
  return actor.kind === 'operator' || Boolean(wasReleased);
}

/**
 * A closed round, what went since, whom its list asks, and who looks. `read`: for a trainer with the cohort's setting the school rounds that
 * the sums are over, and those that they are not over; null for everybody else.
 */
export type Stored = StoredRound & {
  round: ClosedRound;
  viewer: SumsViewer;
  roles: ReadonlySet<Role>;
  read: ReadUnits | null;
};

/**
 * What was stored of a closed round, for whoever may see it (the caller has asked).
 * @param given.asTrainer false for somebody who sees totals only, whatever the cohort's setting lets its trainers see
 * @param given.aspect no more than what is of this aspect
 */
export async function read(
  db: Db,
  actor: Actor,
  row: queries.ClosedRoundRow,
  { asTrainer = true, aspect }: { asTrainer?: boolean; aspect?: string | undefined } = {},
): Promise<Stored> {
  if (row.sums === null) throw new Error(`round ${row.id} was closed without sums`);
  const seesSchools = asTrainer && row.trainerSeesSchools === 1;
  const stored = {
    round: toRound(row),
    sums: ofAspect(JSON.parse(row.sums) as RoundSums, aspect), // written by storeSums
    clarity: clarityOf(JSON.parse(row.document) as RoundClarity, aspect), // written by takeSnapshots
    gone: await goneOf(db, row.cohortId),
    roles: await rolesAsked(db, row),
    outline: (await askedByRound(db, row)).outline,
    viewer: {
      ...{ seesSchools, operator: actor.kind === 'operator', ...(asTrainer ? {} : { totalsOnly: true }) },
      // With the setting the report about oneself is not among those that are summed.
      ...(seesSchools ? {} : { ownSchools: await ownSchools(db, actor, row.id) }),
    },
  };
  if (!seesSchools || actor.kind === 'operator') return { ...stored, read: null };
  // Sums that also held what this trainer cannot read would tell of it, report by report, as the others are released.
  const own = await readUnits(db, actor, row, aspect);
  return {
    ...stored,
    sums: roundSums(own.units),
    gone: new Map(),
    read: own,
    noise: { ...stored, unread: new Set(own.unread.map(({ schoolRoundId }) => schoolRoundId)) },
  };
}

/** At how many different schools of a round somebody was asked, and so knows what one of the values is. */
async function ownSchools(db: Db, actor: Actor, roundId: string): Promise<number> {
  return actor.kind === 'user' && actor.personId !== null ? queries.countSchoolsOf(db, roundId, actor.personId) : 0;
}

function ofAspect(sums: RoundSums, aspect: string | undefined): RoundSums {
  if (aspect === undefined) return sums;
  return { ...sums, aspects: sums.aspects.filter(({ code }) => code === aspect) };
}

function clarityOf(clarity: RoundClarity, aspect: string | undefined): RoundClarity {
  return aspect === undefined ? clarity : { ...clarity, rows: clarity.rows.filter((row) => row.aspect === aspect) };
}

/** Views that are in what was summed and were withheld since. */
async function goneOf(db: Db, cohortId: string): Promise<Gone> {
  const gone = new Map<string, Map<View, string | null>>();
  for (const { schoolRoundId, view, person } of await queries.listGone(db, cohortId)) {
    gone.set(schoolRoundId, (gone.get(schoolRoundId) ?? new Map<View, string | null>()).set(view, person));
  }
  return gone;
}

export function toRound(row: queries.ClosedNameRow): ClosedRound {
  const { id, name, number, closedAt, instrumentVersionId } = row;
  const cohort = { id: row.cohortId, name: row.cohortName };
  return { id, name, number, closedAt, instrumentVersionId, cohort, isPulse: Boolean(row.isPulse) };
}
