import { mean, variance } from 'd3-array';
import { CONSTANTS } from './constants.ts';
import { distinctSchools } from './distinct-schools.ts';
import type { Behind } from './distinct-schools.ts';
import { meanOf } from './mean.ts';
import type { Tallies, Tally } from './tally.ts';
import { atLeast } from './threshold.ts';
import { PAIRS, PAIR_VIEWS, VIEWS } from './types.ts';
import type { Pair, View } from './types.ts';

/** Why an aspect asks for attention: its wording, who cannot see it, or that it is taken in different ways. */
export type ClarityFlag = 'U' | `C_${View}` | 'N';

/** One series in one round: all submitted answers, tallied. Two IB'ers of a school are two units of one school. */
export type ClarityUnit = Behind & { tallies: Tallies };

/**
 * Clarity of an aspect in a cohort's round. `U`: share that flagged it unclear (0–1); `C`: share that did not see it,
 * also per view; `N`: disagreement that remains between views (0 = none, 1 = as random); `K`: sort key, 1 is clearest,
 * not to be shown as a grade. Null: too few cells or schools. `insufficient`: all are null.
 */
export type Clarity = {
  aspect: string;
  cells: number;
  schools: number;
  U: number | null;
  C: number | null;
  C_director: number | null;
  C_ib: number | null;
  C_teacher: number | null;
  N: number | null;
  K: number | null;
  flags: ClarityFlag[];
  class: 'clear' | 'attention' | 'insufficient';
};

type Cell = Behind & { view: View; tally: Tally };

/** Clarity of every aspect over the units of one cohort and round, in the order of `aspects` (measurement.md §6). */
export function clarityOfRound(units: readonly ClarityUnit[], aspects: readonly string[]): Clarity[] {
  return aspects.map((aspect) => clarityOfAspect(units, aspect));
}

/** True when the flags say that the statement itself should be discussed first (measurement.md §5). */
export function flagsMeaning(flags: readonly ClarityFlag[]): boolean {
  return flags.includes('U') || flags.includes('N');
}

/**
 * The flags that ask for attention, with the class that follows from them: without "not visible" of a role that normally does
 * not see the aspect, for "cannot judge" is a good answer there (rules.md, Answers). Every reader of a cohort gets these.
 */
export function withoutExpected<Row extends Pick<Clarity, 'flags' | 'class'>>(row: Row, seenBy: readonly View[]): Row {
  if (row.class === 'insufficient') return row;
  const flags = row.flags.filter((flag) => flag === 'U' || flag === 'N' || seenBy.some((view) => flag === `C_${view}`));
  return { ...row, flags, class: flags.length > 0 ? 'attention' : 'clear' };
}

function clarityOfAspect(units: readonly ClarityUnit[], aspect: string): Clarity {
  const cells = cellsOf(units, aspect);
  const schools = distinctSchools(cells, false);
  const counts = { aspect, cells: cells.length, schools };
  if (cells.length < CONSTANTS.clarityMinCells || schools < CONSTANTS.clarityMinSchools) {
    const none = { U: null, C: null, C_director: null, C_ib: null, C_teacher: null, N: null, K: null };
    return { ...counts, ...none, flags: [], class: 'insufficient' };
  }
  const U = mean(cells, ({ tally }) => tally.unclear / tally.answered) ?? 0;
  const C = mean(cells, notSeenShare) ?? 0;
  const perView = {
    C_director: notSeenByView(cells, 'director'),
    C_ib: notSeenByView(cells, 'ib'),
    C_teacher: notSeenByView(cells, 'teacher'),
  };
  const N = noise(units, aspect);
  const K = N === null ? null : (1 - U - C) * (1 - N);
  const flags = flagsFor(U, perView, N);
  return { ...counts, U, C, ...perView, N, K, flags, class: flags.length > 0 ? 'attention' : 'clear' };
}

function cellsOf(units: readonly ClarityUnit[], aspect: string): Cell[] {
  const cells: Cell[] = [];
  for (const { tallies, ...behind } of units) {
    for (const view of VIEWS) {
      const tally = tallies[view].get(aspect);
      if (tally && tally.answered > 0) cells.push({ ...behind, view, tally });
    }
  }
  return cells;
}

function notSeenShare({ tally }: Cell): number {
  return tally.notSeen / tally.answered;
}

/** Per view, because averaged over views "teachers cannot see this" is diluted and missed (measurement.md §6). */
function notSeenByView(cells: readonly Cell[], view: View): number | null {
  const own = cells.filter((cell) => cell.view === view);
  return distinctSchools(own, view === 'director') < CONSTANTS.clarityMinSchools
    ? null
    : (mean(own, notSeenShare) ?? null);
}

/** Variance, not size, of the differences: a fixed difference between views is perspective (measurement.md §6). */
function noise(units: readonly ClarityUnit[], aspect: string): number | null {
  const perPair = meanOf(PAIRS.map((pair) => pairVariance(units, aspect, pair)));
  return perPair === null ? null : Math.min(1, perPair / (2 * CONSTANTS.chanceVariance));
}

function pairVariance(units: readonly ClarityUnit[], aspect: string, pair: Pair): number | null {
  const [first, second] = PAIR_VIEWS[pair];
  const differences: (Behind & { difference: number })[] = [];
  for (const { tallies, ...behind } of units) {
    const x = tallies[first].get(aspect)?.score ?? null;
    const y = tallies[second].get(aspect)?.score ?? null;
    if (x !== null && y !== null) differences.push({ ...behind, difference: x - y });
  }
  const withDirector = first === 'director' || second === 'director';
  if (distinctSchools(differences, withDirector) < CONSTANTS.clarityMinPairSchools) return null;
  return variance(differences, ({ difference }) => difference) ?? null;
}

function flagsFor(
  U: number,
  perView: Pick<Clarity, 'C_director' | 'C_ib' | 'C_teacher'>,
  N: number | null,
): ClarityFlag[] {
  const flags: ClarityFlag[] = [];
  if (atLeast(U, CONSTANTS.clarityUnclear)) flags.push('U');
  for (const view of VIEWS) {
    const share = perView[`C_${view}`];
    if (share !== null && atLeast(share, CONSTANTS.clarityCannotJudge)) flags.push(`C_${view}`);
  }
  if (N !== null && atLeast(N, CONSTANTS.clarityNoise)) flags.push('N');
  return flags;
}
