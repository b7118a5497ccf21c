import { VIEWS } from '#lib/analysis/types.ts';
import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as wanted from './ambition-queries.ts';
import { ambitionsBetween, changeBetween, type ChangeSide } from './change-between.ts';
import * as queries from './queries.ts';
import { lookBackSums } from './outcome-sums.ts';
import { matchedUnits } from './round-change.ts';
import { roundSums } from './round-sums.ts';
import { figuresOfRound, seriesUnits, type KnownFigures } from './series-units.ts';
import * as sums from './sums-queries.ts';

/** Figures of the other closed rounds of a cohort, by round. */
export type PreparedSums = ReadonlyMap<string, KnownFigures>;

/**
 * Reads what closing a round lays beside it, before the transaction that closes it: as long as that lasts nobody's answer is saved. What
 * changes in between (an erasure, another round that closes) is read there all the same, for `storeSums` goes by the snapshots'
 * text.
 */
export async function prepareSums(db: Db, roundId: string): Promise<PreparedSums> {
  const cohortId = await sums.cohortOfRound(db, roundId);
  const prepared = new Map<string, KnownFigures>();
  if (cohortId === undefined) return prepared;
  for (const other of await sums.listClosedNames(db, [cohortId])) {
    if (other.id !== roundId) prepared.set(other.id, await figuresOfRound(db, other));
  }
  return prepared;
}

/**
 * Sums a round from the snapshots of its schools, and its change from and to every other closed round of the cohort, in the
 * transaction that closes it or takes its snapshots anew (rules.md, Shown and withheld).
 */
export async function storeSums(trx: Db, roundId: string, prepared: PreparedSums = new Map()): Promise<void> {
  const round = await sums.findClosed(trx, roundId);
  if (!round) return;
  const units = await seriesUnits(trx, round);
  await sums.setSums(trx, roundId, JSON.stringify(roundSums(units)));
  await sums.deleteGone(trx, roundId);
  await sums.deleteChanges(trx, roundId);
  for (const other of await sums.listClosed(trx, round.cohortId)) {
    if (other.id === roundId) continue;
    const otherUnits = await seriesUnits(trx, other, prepared.get(other.id));
    const [own, beside] = [
      { round, units },
      { round: other, units: otherUnits },
    ];
    if (other.number < round.number) await storeChange(trx, beside, own);
    else await storeChange(trx, own, beside);
  }
}

/**
 * Sums what closed before there were sums, from the snapshots as they are now; at every start, and nothing on the second.
 * @returns how many rounds were summed
 */
export async function sumOldRounds(db: Db): Promise<number> {
  if ((await sums.listUnsummed(db)).length === 0) return 0;
  return db.transaction().execute(async (trx) => {
    // Another process may have done it while this one waited.
    const rounds = await sums.listUnsummed(trx);
    for (const { id } of rounds) {
      await storeSums(trx, id);
      await noteErased(trx, id);
    }
    return rounds.length;
  });
}

/**
 * Whoever was erased before there were sums is in none of them, and still in what was stored of the clarity at closing: N
 * holds the scores (measurement.md §6).
 */
async function noteErased(trx: Db, roundId: string): Promise<void> {
  for (const { schoolRoundId, document } of await queries.listReportsOfRound(trx, roundId)) {
    const { views } = JSON.parse(document) as Snapshot; // written by takeSnapshots
    for (const view of VIEWS) if (views[view].state === 'erased') await sums.insertGone(trx, schoolRoundId, view, null);
  }
}

/** Forgets what was summed of a round that opens again. */
export async function dropSums(trx: Db, roundId: string): Promise<void> {
  await sums.deleteGone(trx, roundId);
  await sums.deleteChanges(trx, roundId);
}

type Side = ChangeSide & { round: sums.ClosedRoundRow };

async function storeChange(trx: Db, earlier: Side, later: Side): Promise<void> {
  const answers = await sums.listLookBack(trx, earlier.round, later.round);
  const lookBack = lookBackSums(matchedUnits(earlier.units, later.units), answers);
  const ambitions = await ambitionsBetween(
    ...([trx, earlier, later] as const),
    await wanted.listAspects(trx, later.round.cohortId),
  );
  const change = { ...(await changeBetween(trx, earlier, later)), lookBack, ambitions };
  await sums.putChange(trx, { from: earlier.round.id, to: later.round.id, document: JSON.stringify(change) });
}
