import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import { partOfOutline } from '#lib/instrument/part.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { askedByRound } from '#lib/server/instruments/asked-service.ts';
import { schoolFigures, type SchoolFigures } from './figures.ts';
import { readsAsTrainer, viewerOf } from './may-see.ts';
import { overCommon, withoutUnasked } from './pulse-figures.ts';
import * as queries from './queries.ts';
import type { SeriesUnit } from './round-change.ts';

type RoundOfList = { id: string; instrumentVersionId: string };

/** Figures of a closed round that were worked out before, by the text of the snapshot that they are from. */
export type KnownFigures = ReadonlyMap<string, SchoolFigures>;

/**
 * The school rounds of a closed round with their figures, from their snapshots as they are now.
 * @param known spares reading a snapshot that still has the same text
 */
export async function seriesUnits(db: Db, round: RoundOfList, known?: KnownFigures): Promise<SeriesUnit[]> {
  return unitsOf(db, round, await queries.listReportsOfRound(db, round.id), { known });
}

/** Works out the figures of a closed round, for `seriesUnits` to find them known. */
export async function figuresOfRound(db: Db, round: RoundOfList): Promise<KnownFigures> {
  const rows = await queries.listReportsOfRound(db, round.id);
  const units = await unitsOf(db, round, rows);
  return new Map(rows.flatMap(({ document }, index) => (units[index] ? [[document, units[index].figures]] : [])));
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
      { aspect },
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
  { aspect, known }: { aspect?: string | undefined; known?: KnownFigures | undefined } = {},
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
    figures: known?.get(row.document) ?? withoutUnasked(schoolFigures(JSON.parse(row.document) as Snapshot, outline)), // written by takeSnapshots
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
