import type { ChangeBand } from '#lib/analysis/matched-change.ts';
import { pairedChangeOf } from '#lib/analysis/paired-change.ts';
import { PAIRS, PAIR_VIEWS, VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import type { AmbitionReason } from '#lib/disclosure/cohort-reason.ts';
import { toldBeside, type ToldGroup } from '#lib/disclosure/cohort-figure.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import { sumOfAmbition, type AmbitionAspects, type AmbitionSum } from './ambition-sums.ts';
import type { BothSums, ChangeFigure } from './change-figures.ts';
import { countOthersIn, seriesOf, type ClarityShare, type DistanceFigure, type Looked } from './course-figures.ts';
import type { DistanceSum } from './outcome-sums.ts';
import { goneInside, readsAll, tellsOfOne, withheldBecause } from './round-figures.ts';

/** An ambition of a programme, as far as its figures go. */
export type Ambition = AmbitionAspects & { id: string; title: string };

/**
 * One view on the aspects of an ambition: the mean (1–5) over the same `n` schools at the start (`from`) and in a later round
 * (`to`), the change with its 95 % interval, and how many schools changed clearly. Null with its reason; `from` and `to` alone
 * are null where the start of these schools would, beside that of another round, tell of a few: `withheldStart`.
 */
export type AmbitionChange = {
  view: View;
  n: number;
  schools: number;
  status: ChangeFigure['status'];
  from: number | null;
  to: number | null;
  change: number | null;
  low: number | null;
  high: number | null;
  bands: Record<ChangeBand, number> | null;
  reason?: AmbitionReason;
  withheldStart?: 'hidden_cells';
};

/** How two views changed towards each other on the aspects of an ambition, in scale points: below 0 is nearer. */
export type AmbitionDistance = {
  pair: Pair;
  n: number;
  schools: number;
  change: number | null;
  low: number | null;
  high: number | null;
  reason?: AmbitionReason;
};

/** A later round beside the start; `asked` counts the aspects that both asked alike. */
export type AmbitionSince = {
  from: string;
  to: string;
  asked: number;
  changes: AmbitionChange[];
  distances: AmbitionDistance[];
};

/** What the aspects of one ambition (`aspects` of them) say, round by round. Unrounded. */
export type AmbitionCourse = {
  id: string;
  title: string;
  aspects: number;
  clarity: (Omit<ClarityShare, 'reason'> & { round: string; reason?: AmbitionReason })[];
  since: AmbitionSince[];
};

/** A later round as it is looked at, with what the page shows of it beside ambitions, and the views that both rounds ask. */
export type LookedRound = Looked & {
  from: string;
  to: string;
  both: BothSums;
  shown: { changes: readonly ChangeFigure[]; distances: readonly DistanceFigure[] };
  roles: ReadonlySet<View>;
};

/**
 * The ambitions in every later round, oldest first, one inner list a round. An ambition cuts across competencies and other
 * ambitions, so each of its figures stands beside theirs: where it is over almost the same schools as one that shares aspects with
 * it, it is withheld, for the two would tell of the few (measurement.md §9.6). Competencies come first, then ambitions in order.
 */
export function ambitionsOverRounds(ambitions: readonly Ambition[], rounds: readonly LookedRound[]): AmbitionSince[][] {
  const starts: ToldGroup[] = [];
  return rounds.map((round) => {
    const told = shownGroups(round);
    return ambitions.map((ambition): AmbitionSince => {
      const sum = sumOfAmbition(round.stored.ambitions, ambition);
      return {
        ...{ from: round.from, to: round.to, asked: sum?.asked ?? 0 },
        changes: VIEWS.map((view) => changeOf({ view, ambition, sum, round }, { told, starts })),
        distances: PAIRS.map((pair) => distanceOf({ pair, ambition, sum, round }, told)),
      };
    });
  });
}

/** Whether an ambition of so few aspects is told to this viewer at all. */
export function tooFewAspects({ aspects }: AmbitionAspects, { totalsOnly }: Looked['viewer']): boolean {
  return totalsOnly === true && aspects.length < LIMITS.minAspectsOfAmbition;
}

/** The groups of schools that the page names a change or a distance of, in this round. */
function shownGroups({ stored, shown }: LookedRound): ToldGroup[] {
  const codes = Map.groupBy(stored.aspects, ({ competency }) => competency);
  const all = new Set(stored.aspects.map(({ code }) => code));
  const changes = shown.changes.flatMap(({ view, competency, change }): ToldGroup[] => {
    const row = stored.views.find((one) => one.view === view && one.competency === competency);
    if (change === null || !row) return [];
    const aspects = new Set(codes.get(competency)?.map(({ code }) => code));
    return [{ about: view, aspects, group: seriesOf(stored, row.of) }];
  });
  const distances = shown.distances.flatMap(({ pair, change }): ToldGroup[] => {
    const row = stored.distances?.find((one) => one.pair === pair);
    return change === null || !row ? [] : [{ about: pair, aspects: all, group: seriesOf(stored, row.of) }];
  });
  return [...changes, ...distances];
}

type Place = { ambition: Ambition; sum: AmbitionSum | undefined; round: LookedRound };

function changeOf(
  { view, ambition, sum, round }: Place & { view: View },
  { told, starts }: { told: ToldGroup[]; starts: ToldGroup[] },
): AmbitionChange {
  const own = sum?.views.find((one) => one.view === view);
  const counts = { view, n: own?.of.length ?? 0, schools: own?.schools ?? 0 };
  const none = { from: null, to: null, change: null, low: null, high: null, bands: null };
  const without = (reason: AmbitionReason) => ({
    ...{ ...counts, ...none, reason },
    status: reason === 'hidden_cells' ? ('suppressed' as const) : ('too_few_schools' as const),
  });
  const group = groupOf(view, ambition, round, own?.of ?? []);
  const reason =
    reasonOf({ ambition, sum, round }, own, [view]) ??
    (tellsTrainer(own?.of ?? [], view, { ambition, sum, round }) || !isTold(told, group, [view], round)
      ? 'hidden_cells'
      : null);
  if (!own || reason !== null) return without(reason ?? 'not_recorded');
  const found = pairedChangeOf(own.sums);
  if (found.change === null) return without('too_few_schools');
  told.push(group);
  const { status, change, ciLow, ciHigh, mean1, mean2 } = found;
  const hasStart = isTold(starts, group, [view], round);
  if (hasStart) starts.push(group);
  return {
    ...{ ...counts, status, change, bands: own.bands },
    // Schools that all changed alike say nothing about how much others would differ (measurement.md §7).
    ...(status === 'ok' ? { low: ciLow, high: ciHigh } : { low: null, high: null }),
    ...(hasStart ? { from: mean1, to: mean2 } : { from: null, to: null, withheldStart: 'hidden_cells' as const }),
  };
}

function distanceOf({ pair, ambition, sum, round }: Place & { pair: Pair }, told: ToldGroup[]): AmbitionDistance {
  const own = sum?.distances.find((one) => one.pair === pair);
  const counts = { pair, n: own?.of.length ?? 0, schools: own?.schools ?? 0 };
  const group = groupOf(pair, ambition, round, own?.of ?? []);
  const reason =
    reasonOf({ ambition, sum, round }, own, PAIR_VIEWS[pair]) ??
    (isGapKnown(own, sum, round) || !isTold(told, group, PAIR_VIEWS[pair], round) ? 'hidden_cells' : null);
  const found = pairedChangeOf(own?.sums ?? null);
  if (reason !== null || found.change === null) {
    return { ...counts, change: null, low: null, high: null, reason: reason ?? 'too_few_schools' };
  }
  told.push(group);
  const hasInterval = found.status === 'ok';
  return {
    ...{ ...counts, change: found.change },
    ...{ low: hasInterval ? found.ciLow : null, high: hasInterval ? found.ciHigh : null },
  };
}

/** Why there is nothing to tell, whatever else the page tells. */
function reasonOf(
  { ambition, sum, round }: Place,
  own: { schools: number; of: readonly number[] } | undefined,
  views: readonly View[],
): AmbitionReason | null {
  const { stored, gone, viewer, roles } = round;
  if (tooFewAspects(ambition, viewer)) return 'too_few_aspects';
  if (!sum || !own) return 'not_recorded';
  if (sum.asked === 0 || (own.of.length === 0 && views.some((view) => !roles.has(view)))) return 'not_asked';
  const side = (end: 'from' | 'to') => stored.units.map((unit) => ({ ...unit, schoolRoundId: unit[end] }));
  const hidden = (['from', 'to'] as const).map((end) => goneInside(side(end), own.of, views, gone));
  return withheldBecause(own.schools, Math.max(...hidden), viewer);
}

/** Over those of its aspects that both rounds asked alike: the others are in no mean. */
function groupOf(about: string, { aspects }: Ambition, { stored }: LookedRound, of: readonly number[]): ToldGroup {
  const alike = new Set(stored.aspects.map(({ code }) => code));
  return { about, aspects: alike.intersection(new Set(aspects)), group: seriesOf(stored, of) };
}

/** Beside every school's own values nothing more is told. */
function isTold(told: readonly ToldGroup[], group: ToldGroup, views: readonly View[], round: LookedRound): boolean {
  return readsAll(round.viewer) || toldBeside(told, group, countOthersIn(round, views));
}

/**
 * True for a trainer who has the mean of each of these aspects in either round elsewhere, over all its schools: beside them the
 * mean over the matched ones would tell of a few who are in no change.
 */
function tellsTrainer(of: readonly number[], view: View, { ambition, sum, round }: Place): boolean {
  const { stored, both, viewer } = round;
  if (readsAll(viewer) || viewer.totalsOnly) return false;
  const most = (sum?.asked ?? 0) < LIMITS.minAspectsOfMean ? Infinity : LIMITS.maxTellingSchools;
  return (['from', 'to'] as const).some((end) => {
    const ids = new Set(of.map((place) => stored.units[place]?.[end]));
    const { units, aspects } = both[end];
    const part = { of: units.flatMap(({ schoolRoundId }, place) => (ids.has(schoolRoundId) ? [place] : [])) };
    const inAmbition = aspects.filter(({ code }) => ambition.aspects.includes(code));
    return inAmbition.some(({ views }) => tellsOfOne(units, { view, whole: views[view], part, most }, viewer));
  });
}

/** A trainer has the gaps of either round elsewhere: beside them a few who dropped out would be told (`distancesOverRounds`). */
function isGapKnown(own: DistanceSum | undefined, sum: AmbitionSum | undefined, { viewer }: LookedRound): boolean {
  if (readsAll(viewer) || viewer.totalsOnly) return false;
  return (sum?.asked ?? 0) < LIMITS.minAspectsOfMean || (own?.schools ?? 0) <= LIMITS.maxTellingSchools;
}
