import type { ClarityFlag } from '#lib/analysis/clarity.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import { atLeast } from '#lib/analysis/threshold.ts';
import { PAIRS } from '#lib/analysis/types.ts';
import type { Pair } from '#lib/analysis/types.ts';

/** What a session can be about, in the order of the work within a competency: meaning before performance (product.md). */
export const SESSION_READINGS = ['check_meaning', 'not_observed', 'seen_differently'] as const satisfies Reading[];
export type SessionReading = (typeof SESSION_READINGS)[number];

/** How many aspects fit in half a day, and how many of them are of each kind as long as there are that many. */
const SESSION_LENGTH = 10;
const PLACES: Readonly<Record<SessionReading, number>> = { check_meaning: 5, not_observed: 2, seen_differently: 3 };

/**
 * From this share of the schools on, a large difference is the cohort's and not a few schools'. By chance alone one in
 * six or eight has one (measurement.md §4).
 */
const WIDESPREAD = 1 / 3;

/** How a pair of views differs over the schools that have both: the mean size of the gap, and at how many it is large. */
type PairGaps = { n: number; size: number; large: number };

/** An aspect of a cohort's round as far as a session is chosen by it, in the order of the list. */
export type SessionAspect = {
  code: string;
  competency: string;
  /** What the cohort's clarity flags, as far as this viewer may see it; nothing of a role that need not see the aspect. */
  flags: readonly ClarityFlag[];
  gaps: Readonly<Record<Pair, PairGaps | null>>;
};

/** What to do with an aspect in a session. */
export type WorkForm =
  'describe' | 'compare_meanings' | 'find_moments' | 'two_examples' | 'two_examples_director' | 'ask_both';

/** An aspect that is worth training; `causes` are the flags that its reading comes from, `pair` the views furthest apart. */
export type SessionPick = {
  code: string;
  competency: string;
  /** It is of the base competency, which the others build on. */
  isBase: boolean;
  reading: SessionReading;
  causes: readonly ClarityFlag[];
  pair: Pair | null;
  workForm: WorkForm;
};

/** The ten that the rules choose, and what else could be trained; both in the one order. */
export type SessionProposal = { chosen: SessionPick[]; others: SessionPick[] };

type Candidate = SessionPick & { weight: number; isWidespread: boolean };

/**
 * What the next session should be about, at most ten aspects, in one order:
 * 1. The base competency before the others.
 * 2. Within that meaning before performance: what is not understood alike (flag U or N), then what a role cannot see that
 *    normally can, then what is seen differently: a gap of 1.5 or more at a third of the schools at least.
 * 3. Within that the size of the gap × the number of schools where it is large (of the pair of views for which that is
 *    most), then the order of the list.
 *
 * Five of the ten places are for meaning, two for what is not seen and three for what is seen differently, so that none
 * crowds out another; what a kind does not fill goes to the others in this order. Places that are still left go to large gaps
 * at fewer schools, which come after those at many. An aspect without any is never chosen.
 */
export function proposeSession(aspects: readonly SessionAspect[], base: string | null): SessionProposal {
  const ranked = aspects
    .flatMap((aspect) => toCandidate(aspect, base))
    .toSorted((a, b) => inOrder(a, b) || byReach(a, b) || b.weight - a.weight);
  const first = SESSION_READINGS.flatMap((reading) =>
    ranked.filter((one) => one.reading === reading && one.isWidespread).slice(0, PLACES[reading]),
  );
  const rest = ranked.filter((one) => !first.includes(one)).toSorted(byReach); // stable: else in the one order
  const chosen = new Set([...first, ...rest.slice(0, SESSION_LENGTH - first.length)]);
  return {
    chosen: ranked.filter((one) => chosen.has(one)).map(toPick),
    others: ranked.filter((one) => !chosen.has(one)).map(toPick),
  };
}

/** An aspect that a trainer chose in the place of one that the rules had chosen. */
export type Swap = { proposed: string; aspect: string };

/** A place of the session with what the rules had chosen for it; null where that still stands. */
export type SessionPlace = SessionPick & { insteadOf: SessionPick | null };

/**
 * The session as trainers made it, in the one order, and what else could be swapped in. A swap that no longer
 * fits (the round was closed again, and the rules choose otherwise) is passed over.
 */
export function withSwaps(
  { chosen, others }: SessionProposal,
  swaps: readonly Swap[],
): { places: SessionPlace[]; others: SessionPick[] } {
  const used = new Set<string>();
  const places = chosen.map((proposed): SessionPlace => {
    const wanted = swaps.find((swap) => swap.proposed === proposed.code)?.aspect;
    const found = others.find(({ code }) => code === wanted && !used.has(code));
    if (!found) return { ...proposed, insteadOf: null };
    used.add(found.code);
    return { ...found, insteadOf: proposed };
  });
  return { places: places.toSorted(inOrder), others: others.filter(({ code }) => !used.has(code)) };
}

function toCandidate(aspect: SessionAspect, base: string | null): Candidate[] {
  const pair = furthestPair(aspect);
  const gaps = pair === null ? null : aspect.gaps[pair];
  const weight = weightOf(gaps);
  const { code, competency } = aspect;
  const meaning = aspect.flags.filter((flag) => flag === 'U' || flag === 'N');
  const unseen = aspect.flags.filter((flag) => flag !== 'U' && flag !== 'N');
  const known = { code, competency, isBase: competency === base, pair, weight };
  if (meaning.length > 0) {
    const workForm = meaning.includes('U') ? 'describe' : 'compare_meanings';
    return [{ ...known, reading: 'check_meaning', causes: meaning, workForm, isWidespread: true }];
  }
  if (unseen.length > 0) {
    return [{ ...known, reading: 'not_observed', causes: unseen, workForm: 'find_moments', isWidespread: true }];
  }
  if (pair === null || gaps === null || gaps.large === 0) return [];
  const isWidespread = atLeast(gaps.large / gaps.n, WIDESPREAD);
  return [{ ...known, reading: 'seen_differently', causes: [], workForm: PAIR_FORMS[pair], isWidespread }];
}

const PAIR_FORMS: Readonly<Record<Pair, WorkForm>> = {
  ib_director: 'two_examples_director',
  ib_teacher: 'two_examples',
  director_teacher: 'ask_both',
};

/** The pair for which size × schools is most, or else whose mean difference is; null where no pair can be compared. */
function furthestPair({ gaps }: SessionAspect): Pair | null {
  const [first] = PAIRS.filter((pair) => gaps[pair] !== null).toSorted(
    (a, b) => weightOf(gaps[b]) - weightOf(gaps[a]) || (gaps[b]?.size ?? 0) - (gaps[a]?.size ?? 0),
  );
  return first ?? null;
}

function weightOf(gaps: PairGaps | null): number {
  return gaps === null ? 0 : gaps.size * gaps.large;
}

/** The base competency first; within a part of the list meaning before performance. */
function inOrder(a: SessionPick, b: SessionPick): number {
  const byBase = Number(b.isBase) - Number(a.isBase);
  return byBase || SESSION_READINGS.indexOf(a.reading) - SESSION_READINGS.indexOf(b.reading);
}

function byReach(a: Candidate, b: Candidate): number {
  return Number(b.isWidespread) - Number(a.isWidespread);
}

function toPick({ code, competency, isBase, reading, causes, pair, workForm }: Candidate): SessionPick {
  return { code, competency, isBase, reading, causes, pair, workForm };
}
