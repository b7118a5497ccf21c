import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import { inCommon } from '#lib/instrument/same-aspect.ts';
import type { Db } from '#lib/server/db/open.ts';
import { askedByRound } from '#lib/server/instruments/asked-service.ts';
import { schoolFigures } from './figures.ts';
import * as queries from './queries.ts';
import { lookBackSums } from './outcome-sums.ts';
import { overCommon, withoutUnasked } from './pulse-figures.ts';
import { matchedUnits, roundChange, type SeriesUnit } from './round-change.ts';
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
  const lists = [await askedByRound(trx, earlier), await askedByRound(trx, later)] as const;
  const same = new Set(inCommon(lists[0].instrument, lists[1].instrument).same);
  // With a pulse the aspects that both asked are compared; what it left out is no difference between two lists.
  const sides = lists.some(({ isPulse }) => isPulse) ? overCommonAspects(before, after) : ([before, after] as const);
  const lookBack = lookBackSums(matchedUnits(...sides), await sums.listLookBack(trx, earlier, later));
  const change = { ...roundChange(...sides, same), lookBack };
  await sums.putChange(trx, { from: earlier.id, to: later.id, document: JSON.stringify(change) });
}

async function unitsOf(trx: Db, round: sums.ClosedRoundRow): Promise<SeriesUnit[]> {
  const { outline } = await askedByRound(trx, round);
  return (await queries.listReportsOfRound(trx, round.id)).map((row) => ({
    schoolRoundId: row.schoolRoundId,
    series: row.seriesId,
    left: row.leftAt !== null,
    school: row.schoolId,
    ratee: row.rateeId,
    director: row.directorId,
    figures: withoutUnasked(schoolFigures(JSON.parse(row.document) as Snapshot, outline)), // written by takeSnapshots
  }));
}

/** All schools of a round have the same aspects. */
function overCommonAspects(
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
