import type { Db } from '#lib/server/db/open.ts';
import type { AmbitionAspects } from './ambition-sums.ts';
import { ambitionsBetween, changeBetween, type ChangeSide } from './change-between.ts';
import type { ClosedRound, Stored } from './cohort-service.ts';
import type { RoundChange } from './round-change.ts';
import type { ReadUnits } from './series-units.ts';
import * as queries from './sums-queries.ts';

/**
 * The change between two closed rounds, for whoever they were read for: as it was summed at closing, or over the reports that a
 * trainer reads (`change`). `recorded` is as it was summed, the same for everybody: the IB'ers' own scale answers are read in it
 * only, for made anew as reports are released, the mean of five and that of six would tell the sixth's. Null when the rounds are
 * of two cohorts, or the first is not the earlier one.
 */
export async function changeFor(
  db: Db,
  from: Stored,
  to: Stored,
  ambitions: readonly AmbitionAspects[] = [],
): Promise<{ change: RoundChange; recorded: RoundChange } | null> {
  const document = await queries.findChange(db, from.round.id, to.round.id);
  if (document === undefined) return null;
  const recorded = JSON.parse(document) as RoundChange; // written by storeSums
  if (!from.read || !to.read) return { change: recorded, recorded };
  const [earlier, later] = [sideOf(from.round, from.read), sideOf(to.round, to.read)];
  const change = await changeBetween(db, earlier, later);
  return { change: { ...change, ambitions: await ambitionsBetween(db, earlier, later, ambitions) }, recorded };
}

function sideOf(round: ClosedRound, { units, unread }: ReadUnits): ChangeSide {
  return { round, units, notRead: new Set(unread.map(({ series }) => series)) };
}
