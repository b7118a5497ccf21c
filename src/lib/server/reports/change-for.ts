import type { Db } from '#lib/server/db/open.ts';
import { changeBetween, type ChangeSide } from './change-between.ts';
import type { ClosedRound, Stored } from './cohort-service.ts';
import type { RoundChange } from './round-change.ts';
import type { ReadUnits } from './series-units.ts';
import * as queries from './sums-queries.ts';

/**
 * The change between two closed rounds, for whoever they were read for: as it was summed at closing, or over the reports that a
 * trainer reads. Null when they are of two cohorts, or the first is not the earlier one.
 */
export async function changeFor(db: Db, from: Stored, to: Stored): Promise<RoundChange | null> {
  const stored = await storedChange(db, from, to);
  if (stored === null || !from.read || !to.read) return stored;
  return changeBetween(db, sideOf(from.round, from.read), sideOf(to.round, to.read));
}

/**
 * The change as it was summed at closing, the same for everybody. The IB'ers' own scale answers are read in it only: made anew
 * as reports are released, the mean of five and that of six would tell the sixth's.
 */
export async function storedChange(db: Db, from: Stored, to: Stored): Promise<RoundChange | null> {
  const document = await queries.findChange(db, from.round.id, to.round.id);
  return document === undefined ? null : (JSON.parse(document) as RoundChange); // written by storeSums
}

function sideOf(round: ClosedRound, { units, unread }: ReadUnits): ChangeSide {
  return { round, units, notRead: new Set(unread.map(({ series }) => series)) };
}
