import { inCommon } from '#lib/instrument/same-aspect.ts';
import type { Db } from '#lib/server/db/open.ts';
import { askedByRound } from '#lib/server/instruments/asked-service.ts';
import { ambitionSum, type AmbitionAspects, type AmbitionSum } from './ambition-sums.ts';
import { matchedUnits, roundChange, type RoundChange, type SeriesUnit } from './round-change.ts';
import { overCommonAspects } from './series-units.ts';

/** One of the two rounds of a change: its school rounds, and `notRead`: the series that this reader may not read in it. */
export type ChangeSide = {
  round: { id: string; instrumentVersionId: string };
  units: readonly SeriesUnit[];
  notRead?: ReadonlySet<string>;
};

/** The change between two rounds of a cohort, over what their lists ask alike. */
export async function changeBetween(db: Db, earlier: ChangeSide, later: ChangeSide): Promise<RoundChange> {
  const lists = [await askedByRound(db, earlier.round), await askedByRound(db, later.round)] as const;
  const same = new Set(inCommon(lists[0].instrument, lists[1].instrument).same);
  // With a pulse the aspects that both asked are compared; what it left out is no difference between two lists.
  const isPart = lists.some(({ isPulse }) => isPulse);
  const [before, after] = isPart
    ? overCommonAspects(earlier.units, later.units)
    : ([earlier.units, later.units] as const);
  const notRead = new Set([...(earlier.notRead ?? []), ...(later.notRead ?? [])]);
  return roundChange(before, after, same, notRead);
}

/**
 * What changed on the aspects of ambitions between the same two rounds. An ambition is about aspects of one list: where the later
 * round asked another, `asked` is 0. None where one of the two is a pulse, which no programme's page looks at.
 */
export async function ambitionsBetween(
  db: Db,
  earlier: ChangeSide,
  later: ChangeSide,
  ambitions: readonly AmbitionAspects[],
): Promise<AmbitionSum[]> {
  if (ambitions.length === 0) return [];
  const lists = [await askedByRound(db, earlier.round), await askedByRound(db, later.round)] as const;
  if (lists.some(({ isPulse }) => isPulse)) return [];
  const same = new Set(inCommon(lists[0].instrument, lists[1].instrument).same);
  const matches = matchedUnits(earlier.units, later.units);
  return ambitions.map((ambition) =>
    ambitionSum(matches, ambition, ambition.listKey === lists[1].instrument.key ? same : new Set()),
  );
}
