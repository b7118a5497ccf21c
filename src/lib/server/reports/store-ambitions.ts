import { setImmediate } from 'node:timers/promises';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
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
  return prepareCohorts(db, await queries.listCohortIds(db, programmeId));
}

async function prepareCohorts(db: Db, cohortIds: readonly string[]): Promise<PreparedSums> {
  const prepared = new Map<string, KnownFigures>();
  for (const round of await sums.listClosedNames(db, cohortIds)) {
    if (!round.isPulse) prepared.set(round.id, await figuresOfRound(db, round));
  }
  return prepared;
}

/**
 * Sums the ambitions that no change of their cohort holds yet: of rounds that closed before there were such sums, and of a
 * programme that got its ambitions later. Every cohort in a transaction of its own, that reads the snapshots before it;
 * nothing on the second time. A cohort that breaks holds up no other.
 * @param programmeId looks at the cohorts of this programme only
 * @returns at how many cohorts there was something to sum
 * @throws Error at the end, with the ids of the cohorts that broke
 */
export async function sumMissingAmbitions(db: Db, programmeId?: string): Promise<number> {
  const broken = new Map<string, unknown>();
  let summed = 0;
  const cohortIds = await (programmeId === undefined
    ? queries.listCohortsWithAny(db)
    : queries.listCohortIds(db, programmeId));
  for (const cohortId of cohortIds) {
    await setImmediate(); // of a whole country it is a third of a second of reading, in which nobody would be answered
    try {
      if (await isComplete(db, cohortId)) continue;
      const prepared = await prepareCohorts(db, [cohortId]);
      await inTransaction(db, (trx) => sumAmbitionsOfCohort(trx, cohortId, prepared));
      summed += 1;
    } catch (cause) {
      broken.set(cohortId, cause);
    }
  }
  if (broken.size > 0) {
    const [cause] = broken.values();
    throw new Error(`the ambitions could not be summed for the cohorts ${[...broken.keys()].join(', ')}`, { cause });
  }
  return summed;
}

async function isComplete(db: Db, cohortId: string): Promise<boolean> {
  const wanted = await queries.listAspects(db, cohortId);
  const whole = (await sums.listClosedNames(db, [cohortId])).filter(({ isPulse }) => !isPulse);
  const changes = await sums.listChangesAmong(
    db,
    whole.map(({ id }) => id),
  );
  return changes.every((document) => isSummed(JSON.parse(document) as RoundChange, wanted)); // written by storeSums
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
