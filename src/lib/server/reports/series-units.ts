import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import { partOfOutline } from '#lib/instrument/part.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { askedByRound } from '#lib/server/instruments/asked-service.ts';
import { schoolFigures } from './figures.ts';
import { readsAsTrainer, viewerOf } from './may-see.ts';
import { overCommon, withoutUnasked } from './pulse-figures.ts';
import * as queries from './queries.ts';
import type { SeriesUnit } from './round-change.ts';

type RoundOfList = { id: string; instrumentVersionId: string };

/** The school rounds of a closed round with their figures, from their snapshots as they are now. */
export async function seriesUnits(db: Db, round: RoundOfList): Promise<SeriesUnit[]> {
  return unitsOf(db, round, await queries.listReportsOfRound(db, round.id));
}

/** A school round that stands in a round and is not this trainer's to read: `isOwn`, for it is about the trainer. */
export type Unread = { schoolRoundId: string; series: string; isOwn: boolean };

/** The school rounds that a trainer reads one by one, and those that this trainer does not read. */
export type ReadUnits = { units: SeriesUnit[]; unread: Unread[] };

/**
 * The school rounds of a closed round as a trainer with the cohort's setting reads them; with `aspect` the figures are of that
 * one alone.
 */
export async function readUnits(db: Db, actor: Actor, round: RoundOfList, aspect?: string): Promise<ReadUnits> {
  const rows = await queries.listReportsOfRound(db, round.id);
  const unread = rows.filter((row) => !readsAsTrainer(actor, row));
  return {
    units: await unitsOf(
      db,
      round,
      rows.filter((row) => !unread.includes(row)),
      aspect,
    ),
    unread: unread.map((row) => ({
      schoolRoundId: row.schoolRoundId,
      series: row.seriesId,
      isOwn: row.releasedAt !== null && viewerOf(actor, row) !== null,
    })),
  };
}

async function unitsOf(
  db: Db,
  round: RoundOfList,
  rows: readonly queries.ReportRow[],
  aspect?: string,
): Promise<SeriesUnit[]> {
  const list = await askedByRound(db, round);
  const outline = aspect === undefined ? list.outline : partOfOutline(list.outline, new Set([aspect]));
  return rows.map((row) => ({
    schoolRoundId: row.schoolRoundId,
    series: row.seriesId,
    left: row.leftAt !== null,
    school: row.schoolId,
    ratee: row.rateeId,
    director: row.directorId,
    figures: withoutUnasked(schoolFigures(JSON.parse(row.document) as Snapshot, outline)), // written by takeSnapshots
  }));
}

/** Two rounds over the aspects that both asked; all schools of a round have the same. */
export function overCommonAspects(
  before: readonly SeriesUnit[],
  after: readonly SeriesUnit[],
): readonly [SeriesUnit[], SeriesUnit[]] {
  const [one, other] = [before[0]?.figures, after[0]?.figures];
  if (!one || !other) return [[...before], [...after]];
  return [
    before.map((unit) => ({ ...unit, figures: overCommon(unit.figures, other)[0] })),
    after.map((unit) => ({ ...unit, figures: overCommon(one, unit.figures)[1] })),
  ];
}
