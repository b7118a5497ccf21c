import { flagsMeaning } from '#lib/analysis/clarity.ts';
import { distinctSchools } from '#lib/analysis/distinct-schools.ts';
import type { ChangeBand } from '#lib/analysis/matched-change.ts';
import { pairedChangeOf } from '#lib/analysis/paired-change.ts';
import { meanInterval, type Summary } from '#lib/analysis/summary.ts';
import { PAIRS, PAIR_VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import type { CohortReason, CourseReason } from '#lib/disclosure/cohort-reason.ts';
import { nestedPartTold, type CountOthers } from '#lib/disclosure/cohort-figure.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import type { ChangeFigure, ShownChange } from './change-figures.ts';
import type { ClarityRow } from './cohort-figures.ts';
import type { DistanceSum, LookBackSum } from './outcome-sums.ts';
import type { ResponseSums } from './response-sums.ts';
import type { RoundChange } from './round-change.ts';
import { goneInside, readsAll, withheldBecause, type Gone, type SumsViewer } from './round-figures.ts';
import { behindOf, type RoundSums } from './round-sums.ts';

/** Forms asked and submitted in a round, by view; null with its reason, a view also by itself. */
export type ResponseFigure = { byView: Record<View, ViewResponse> | null; reason?: CourseReason };
type ViewResponse = ResponseSums[View] | { invited: null; answered: null; reason: 'not_asked' };

/**
 * Of how many aspects that enough schools answered (`counted`) nobody has to settle first what is meant (measurement.md §5,
 * §6: neither flag U nor N). `withNoise`: N could be computed, which needs eight schools; without it U decides alone, and
 * rounds with and without it are not to be compared. Null with its reason.
 */
export type ClarityShare = { alike: number | null; counted: number; withNoise: boolean; reason?: CourseReason };

/**
 * The change of a view on a competency since the start, and how many schools changed clearly; null with the change, or where
 * that was not recorded. The means of either round are left out: beside another round's they would be a group and a part of it.
 */
export type CourseChange = Omit<ChangeFigure, 'before' | 'after' | 'detectable'> & {
  bands: Record<ChangeBand, number> | null;
};

/**
 * How far two views lie apart at the start (`from`) and in a later round (`to`), over the same `n` schools, and the change
 * with its 95 % interval: below 0 is nearer. In scale points; null with its reason. `from` and `to` alone are null where the
 * start of these schools, beside that of another round's, would tell of a few: `withheldStart`.
 */
export type DistanceFigure = {
  pair: Pair;
  n: number;
  schools: number;
  from: number | null;
  to: number | null;
  change: number | null;
  low: number | null;
  high: number | null;
  reason?: CourseReason;
  withheldStart?: CourseReason;
};

/** A mean on the scale 0–10 (or a difference of two) with its 95 % interval; no interval where all gave the same. */
export type ScaleMean = { mean: number; low: number | null; high: number | null };

/**
 * The look-back over `n` IB'ers (measurement.md §7): conventional (now − start) = adjusted (now − then) + responseShift
 * (then − start). `competency` null is over all. What holds the start is null where `withheldStart`.
 */
export type LookBackFigure = { competency: string | null; n: number; schools: number } & (
  { triple: LookBackTriple; reason?: never } | { triple: null; reason: CourseReason }
);
export type LookBackTriple = Record<'then' | 'now' | 'adjusted', ScaleMean> &
  Record<'start' | 'conventional' | 'responseShift', ScaleMean | null> & { withheldStart?: CourseReason };

/** Who was asked and who submitted in a round. */
export function responseFigure(sums: RoundSums): ResponseFigure {
  if (sums.schools < LIMITS.minSchools) return { byView: null, reason: 'too_few_schools' };
  return sums.response ? { byView: sums.response } : { byView: null, reason: 'not_recorded' };
}

/** The share of aspects that are understood alike, from the rows of clarity that this viewer may see. */
export function clarityShare(rows: readonly ClarityRow[]): ClarityShare {
  const counted = rows.filter((row) => row.class !== 'insufficient');
  const none = { alike: null, counted: counted.length, withNoise: false };
  if (counted.length === 0) return { ...none, reason: 'too_few_schools' };
  // A flag that is withheld would be missing from the count of one viewer and not of another.
  if (counted.some(({ reasons }) => reasons.N === 'hidden_cells')) return { ...none, reason: 'hidden_cells' };
  const alike = counted.filter(({ flags }) => !flagsMeaning(flags)).length;
  return { alike, counted: counted.length, withNoise: counted.some(({ N }) => N !== null) };
}

/** The change that is shown, with the counts of its bands. */
export function courseChanges(stored: RoundChange, shown: ShownChange): CourseChange[] {
  return shown.views.map((figure) => {
    const row = stored.views.find((one) => one.view === figure.view && one.competency === figure.competency);
    const { before: _before, after: _after, detectable: _detectable, ...change } = figure;
    return { ...change, bands: figure.change === null ? null : (row?.bands ?? null) };
  });
}

/** What was stored of one later round beside the start, with the look and the losses of this viewer. `start`: all who began. */
export type Looked = { stored: RoundChange; start: Pick<RoundSums, 'units'>; gone: Gone; viewer: SumsViewer };

/**
 * Distances in every later round, oldest first. Each is beside the start of the same schools, so that the starts of two
 * rounds may be a group and a part of it: a later one is withheld where it would tell of the few who are in one only.
 */
export function distancesOverRounds(rounds: readonly Looked[]): DistanceFigure[][] {
  const told = toldGroups();
  return rounds.map(({ stored, start, gone, viewer }) =>
    PAIRS.map((pair) => {
      const sum = stored.distances?.find((one) => one.pair === pair);
      const counts = { pair, n: sum?.of.length ?? 0, schools: sum?.schools ?? 0 };
      const reason = stored.distances ? distanceReason(sum, { stored, start, gone, viewer }) : 'not_recorded';
      const none = { ...counts, from: null, to: null, change: null, low: null, high: null };
      if (!sum || reason !== null) return { ...none, reason: reason ?? 'too_few_schools' };
      const { change, ciLow, ciHigh, mean1, mean2 } = pairedChangeOf(sum.sums);
      if (change === null) return { ...none, reason: 'too_few_schools' };
      const figure = { ...none, change, low: ciLow, high: ciHigh };
      const countOthers = countOthersIn({ start, viewer }, PAIR_VIEWS[pair]);
      if (viewer.operator || told(pair, seriesOf(stored, sum.of), LIMITS.maxTellingSchools, countOthers)) {
        return { ...figure, from: mean1, to: mean2 };
      }
      return { ...figure, withheldStart: 'hidden_cells' };
    }),
  );
}

function distanceReason(sum: DistanceSum | undefined, { stored, gone, viewer }: Looked): CohortReason | null {
  if (!sum) return 'too_few_schools';
  const side = (end: 'from' | 'to') => stored.units.map((unit) => ({ ...unit, schoolRoundId: unit[end] }));
  const hidden = (end: 'from' | 'to') => goneInside(side(end), sum.of, PAIR_VIEWS[sum.pair], gone);
  const reason = withheldBecause(sum.schools, Math.max(hidden('from'), hidden('to')), viewer);
  // A trainer has the gaps of either round elsewhere, over its own schools: beside them a few who dropped out would be told.
  const isTold = readsAll(viewer) || viewer.totalsOnly === true || sum.schools > LIMITS.maxTellingSchools;
  return reason ?? (isTold ? null : 'hidden_cells');
}

/**
 * The look-back in every later round, oldest first, by the same rule as distances. An answer is a whole number, so for a
 * single competency one decimal hides nothing at any number of schools. Nobody but the IB'er reads single answers: what
 * went since is in no other screen to be subtracted from.
 */
export function lookBackOverRounds(rounds: readonly Looked[]): LookBackFigure[][] {
  const told = toldGroups();
  return rounds.map(({ stored, start, viewer }) => {
    if (!stored.lookBack) return [{ competency: null, n: 0, schools: 0, triple: null, reason: 'not_recorded' }];
    if (stored.lookBack.length === 0) {
      return [{ competency: null, n: 0, schools: 0, triple: null, reason: 'too_few_schools' }];
    }
    return stored.lookBack.map((sum): LookBackFigure => {
      const { competency, schools } = sum;
      const counts = { competency, n: sum.of.length, schools };
      const reason = withheldBecause(schools, 0, viewer);
      if (reason !== null) return { ...counts, triple: null, reason };
      const most = competency === null ? LIMITS.maxTellingSchools : Infinity;
      const countOthers = countOthersIn({ start, viewer }, ['ib']);
      const isTold = viewer.operator || told(competency ?? '', seriesOf(stored, sum.of), most, countOthers);
      return { ...counts, triple: tripleOf(sum, isTold) };
    });
  });
}

function tripleOf(sum: LookBackSum, isTold: boolean): LookBackTriple {
  const { start, conventional, responseShift } = sum;
  return {
    then: scaleMean(sum.then),
    now: scaleMean(sum.now),
    adjusted: scaleMean(sum.adjusted),
    start: isTold ? scaleMean(start) : null,
    conventional: isTold ? scaleMean(conventional) : null,
    responseShift: isTold ? scaleMean(responseShift) : null,
    ...(isTold ? {} : { withheldStart: 'hidden_cells' }),
  };
}

function scaleMean(summary: Summary): ScaleMean {
  const { low = null, high = null } = meanInterval(summary) ?? {};
  return { mean: summary.mean, low, high };
}

/** The school rounds at the start that these places stand for: they name the series, over all later rounds. */
export function seriesOf({ units }: RoundChange, of: readonly number[]): ReadonlySet<string> {
  return new Set(of.flatMap((place) => units[place]?.from ?? []));
}

/** Counts as `tellsOfOne` does: an IB'er of five schools is one, and so is their director where directors' values are in it. */
export function countOthersIn(
  { start, viewer }: Pick<Looked, 'start' | 'viewer'>,
  views: readonly View[],
): CountOthers {
  return (series) => {
    const behind = start.units.filter(({ schoolRoundId }) => series.has(schoolRoundId)).map(behindOf);
    return distinctSchools(behind, views.includes('director')) - (viewer.ownSchools ?? 0);
  };
}

/**
 * Says of each group, by what it is about, whether it may be told beside those that were told before: with all of which it
 * has five on either side apart, or nothing, or so many in all that one decimal hides a single one. What may not be told
 * is not remembered, for it was not shown.
 */
function toldGroups(): (about: string, group: ReadonlySet<string>, most: number, countOthers: CountOthers) => boolean {
  const before = new Map<string, ReadonlySet<string>[]>();
  return (about, group, most, countOthers) => {
    const told = before.get(about) ?? [];
    if (!told.every((one) => nestedPartTold(one, group, most, countOthers))) return false;
    before.set(about, [...told, group]);
    return true;
  };
}
