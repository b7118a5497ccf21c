import type { Db } from '#lib/server/db/open.ts';
import * as queries from './ambition-queries.ts';
import { sumOfAmbition, type AmbitionAspects } from './ambition-sums.ts';
import { ambitionsBetween } from './change-between.ts';
import type { RoundChange, SeriesUnit } from './round-change.ts';
import { figuresOfRound, seriesUnits, type KnownFigures } from './series-units.ts';
import type { PreparedSums } from './store-sums.ts';
import * as sums from './sums-queries.ts';

/** Reads what an ambition that is added or changed needs, before the transaction of that, as `prepareSums` does for closing. */
export async function prepareAmbitions(db: Db, programmeId: string): Promise<PreparedSums> {
  const prepared = new Map<string, KnownFigures>();
  for (const round of await sums.listClosedNames(db, await queries.listCohortIds(db, programmeId))) {
    if (!round.isPulse) prepared.set(round.id, await figuresOfRound(db, round));
  }
  return prepared;
}

/**
 * Sums what was not summed yet of a programme's ambitions, over the rounds that closed before, in the transaction that changes
 * them. Every other sum stays as it is, and so does an ambition whose aspects did. Who was erased since is in no new sum: beside
 * the competencies' change, which still holds them, `ambitionsOverRounds` says what may be shown.
 * @param prepared what `prepareAmbitions` read before
 */
export async function sumAmbitions(trx: Db, programmeId: string, prepared?: PreparedSums): Promise<void> {
  for (const id of await queries.listCohortIds(trx, programmeId)) await sumAmbitionsOfCohort(trx, id, prepared);
}

/** The same for a cohort that came into a programme, or left it. */
export async function sumAmbitionsOfCohort(trx: Db, cohortId: string, prepared?: PreparedSums): Promise<void> {
  const wanted = await queries.listAspects(trx, cohortId);
  const closed = (await sums.listClosed(trx, cohortId)).filter(({ isPulse }) => !isPulse);
  const units = new Map<string, SeriesUnit[]>();
  const sideOf = async (round: sums.ClosedRoundRow) => {
    const own = units.get(round.id) ?? (await seriesUnits(trx, round, prepared?.get(round.id)));
    units.set(round.id, own);
    return { round, units: own };
  };
  for (const [index, later] of closed.entries()) {
    for (const earlier of closed.slice(0, index)) {
      const document = await sums.findChange(trx, earlier.id, later.id);
      if (document === undefined) continue;
      const change = JSON.parse(document) as RoundChange; // written by storeSums
      if (isSummed(change, wanted)) continue;
      const missing = wanted.filter((one) => !sumOfAmbition(change.ambitions, one));
      // Where one only went, or came twice, nothing is summed, and no snapshot read.
      const made =
        missing.length === 0 ? [] : await ambitionsBetween(trx, await sideOf(earlier), await sideOf(later), missing);
      const ambitions = wanted.flatMap((one) => sumOfAmbition(change.ambitions, one) ?? sumOfAmbition(made, one) ?? []);
      await sums.putChange(trx, {
        ...{ from: earlier.id, to: later.id },
        document: JSON.stringify({ ...change, ambitions } satisfies RoundChange),
      });
    }
  }
}

function isSummed({ ambitions = [] }: RoundChange, wanted: readonly AmbitionAspects[]): boolean {
  return ambitions.length === wanted.length && wanted.every((one) => sumOfAmbition(ambitions, one));
}
