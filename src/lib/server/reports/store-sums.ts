import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import { sameAspects } from '#lib/instrument/same-aspects.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { schoolFigures } from './figures.ts';
import * as queries from './queries.ts';
import { roundChange, type SeriesUnit } from './round-change.ts';
import { roundSums } from './round-sums.ts';
import * as sums from './sums-queries.ts';

/**
 * Sums a round from the snapshots of its schools, and its change from and to every other closed round of the cohort, in the
 * transaction that closes it or takes its snapshots anew (rules.md, Shown and withheld).
 */
export async function storeSums(trx: Db, roundId: string): Promise<void> {
  const round = await sums.findClosed(trx, roundId);
  if (!round) return;
  const units = await unitsOf(trx, round);
  await sums.setSums(trx, roundId, JSON.stringify(roundSums(units)));
  await sums.deleteGone(trx, roundId);
  await sums.deleteChanges(trx, roundId);
  for (const other of await sums.listClosed(trx, round.cohortId)) {
    if (other.id === roundId) continue;
    const otherUnits = await unitsOf(trx, other);
    if (other.number < round.number) await storeChange(trx, [other, otherUnits], [round, units]);
    else await storeChange(trx, [round, units], [other, otherUnits]);
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
    for (const { id } of rounds) await storeSums(trx, id);
    return rounds.length;
  });
}

/** Forgets what was summed of a round that opens again. */
export async function dropSums(trx: Db, roundId: string): Promise<void> {
  await sums.deleteGone(trx, roundId);
  await sums.deleteChanges(trx, roundId);
}

type Side = [sums.ClosedRoundRow, SeriesUnit[]];

async function storeChange(trx: Db, [earlier, before]: Side, [later, after]: Side): Promise<void> {
  const lists = [
    await instruments.load(trx, earlier.instrumentVersionId),
    await instruments.load(trx, later.instrumentVersionId),
  ] as const;
  const change = roundChange(before, after, sameAspects(lists[0].instrument, lists[1].instrument));
  await sums.putChange(trx, { from: earlier.id, to: later.id, document: JSON.stringify(change) });
}

async function unitsOf(trx: Db, round: sums.ClosedRoundRow): Promise<SeriesUnit[]> {
  const { outline } = await instruments.load(trx, round.instrumentVersionId);
  return (await queries.listReportsOfRound(trx, round.id)).map((row) => ({
    schoolRoundId: row.schoolRoundId,
    series: row.seriesId,
    left: row.leftAt !== null,
    school: row.schoolId,
    ratee: row.rateeId,
    director: row.directorId,
    figures: schoolFigures(JSON.parse(row.document) as Snapshot, outline), // written by takeSnapshots
  }));
}
