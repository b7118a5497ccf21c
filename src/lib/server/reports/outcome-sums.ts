import { pairedSummaries, type PairedSummaries } from '#lib/analysis/paired-change.ts';
import { perView } from '#lib/analysis/per-view.ts';
import { summaryOf, type Summary } from '#lib/analysis/summary.ts';
import { matchedDistance } from '#lib/analysis/view-distance.ts';
import { PAIRS, PAIR_VIEWS } from '#lib/analysis/types.ts';
import type { Pair } from '#lib/analysis/types.ts';
import { sumOf, type Sum, type SumUnit } from './round-sums.ts';

/** How far two views lie apart in either round, over the matched schools; `of` are places in the change's `units`. */
export type DistanceSum = { pair: Pair; sums: PairedSummaries | null; schools: number; of: number[] };

/**
 * The IB'ers' scale questions (0–10) over those who gave all three answers: now at the start, now, and looking back at the
 * start (measurement.md §7), with the three differences between them. `competency` null is each one's mean over all competencies.
 */
export type LookBackSum = {
  competency: string | null;
  start: Summary;
  then: Summary;
  now: Summary;
  conventional: Summary;
  adjusted: Summary;
  responseShift: Summary;
  schools: number;
  of: number[];
};

/** One IB'er's answer to a scale question in one of two rounds. */
export type ScaleAnswer = { schoolRoundId: string; competency: string; moment: 'now' | 'then'; value: number };

/** Two school rounds of one series; `sameDirector`: nobody came in a director's place. */
export type MatchedUnits = { earlier: SumUnit; later: SumUnit; sameDirector: boolean };

/**
 * Sums the distance of each pair of views over the matched schools; `same` are the aspects that both lists have alike, `codes`
 * those that it is about, all of the list where it is left out.
 */
export function distanceSums(
  matches: readonly MatchedUnits[],
  same: ReadonlySet<string>,
  codes: readonly string[] = matches[0]?.later.figures.aspects.map(({ code }) => code) ?? [],
): DistanceSum[] {
  const behind = matches.map(({ later }) => later);
  const scores = matches.map(({ earlier, later }) => [scoresOf(earlier, codes, same), scoresOf(later, codes, same)]);
  return PAIRS.map((pair) => {
    const [first, second] = PAIR_VIEWS[pair];
    const withDirector = PAIR_VIEWS[pair].includes('director');
    const found = scores.map(([earlier, later], index) => {
      if (!earlier || !later || (withDirector && !matches[index]?.sameDirector)) return null;
      return matchedDistance(
        { first: earlier[first], second: earlier[second] },
        { first: later[first], second: later[second] },
      );
    });
    const from = found.map((one) => one?.from ?? null);
    const to = found.map((one) => one?.to ?? null);
    const counted: Sum | null = sumOf(behind, from, withDirector);
    return { pair, sums: pairedSummaries(from, to), schools: counted?.schools ?? 0, of: counted?.of ?? [] };
  });
}

/** The scores of each view in the order of `codes`; of an aspect with other words there is none. */
export function scoresOf({ figures }: SumUnit, codes: readonly string[], same: ReadonlySet<string>) {
  const byCode = new Map(figures.aspects.map((aspect) => [aspect.code, aspect.views]));
  return perView((view) => codes.map((code) => (same.has(code) ? (byCode.get(code)?.[view].score ?? null) : null)));
}

/**
 * Sums the look-back of a later round on the start, over the matched series, one sum for all competencies and one for each.
 * Only IB'ers whose start is the earlier round may be among `answers`.
 */
export function lookBackSums(matches: readonly MatchedUnits[], answers: readonly ScaleAnswer[]): LookBackSum[] {
  const competencies = [...new Set(answers.map(({ competency }) => competency))].sort();
  const given = new Map(answers.map((one) => [keyOf(one.schoolRoundId, one.competency, one.moment), one.value]));
  const triples = competencies.map((competency) =>
    matches.map(({ earlier, later }) => {
      const start = given.get(keyOf(earlier.schoolRoundId, competency, 'now'));
      const then = given.get(keyOf(later.schoolRoundId, competency, 'then'));
      const now = given.get(keyOf(later.schoolRoundId, competency, 'now'));
      return start === undefined || then === undefined || now === undefined ? null : { start, then, now };
    }),
  );
  const overall = matches.map((_, index) => meanTriple(triples.map((own) => own[index] ?? null)));
  return [
    ...lookBackSum(matches, null, overall),
    ...competencies.flatMap((competency, index) => lookBackSum(matches, competency, triples[index] ?? [])),
  ];
}

const keyOf = (...parts: string[]) => parts.join(' ');

type Triple = { start: number; then: number; now: number };

/** Of who answered everything, so that all three are over the same questions. */
function meanTriple(triples: readonly (Triple | null)[]): Triple | null {
  const all = triples.filter((one) => one !== null);
  if (all.length === 0 || all.length < triples.length) return null;
  const mean = (of: keyof Triple) => all.reduce((sum, one) => sum + one[of], 0) / all.length;
  return { start: mean('start'), then: mean('then'), now: mean('now') };
}

function lookBackSum(
  matches: readonly MatchedUnits[],
  competency: string | null,
  triples: readonly (Triple | null)[],
): LookBackSum[] {
  const complete = triples.filter((one) => one !== null);
  const summary = (value: (one: Triple) => number) => summaryOf(complete.map(value));
  const start = summary((one) => one.start);
  const then = summary((one) => one.then);
  const now = summary((one) => one.now);
  const conventional = summary((one) => one.now - one.start);
  const adjusted = summary((one) => one.now - one.then);
  const responseShift = summary((one) => one.then - one.start);
  const behind = matches.map(({ later }) => later);
  const counted = sumOf(
    behind,
    triples.map((one) => one?.start ?? null),
    false,
  );
  if (!start || !then || !now || !conventional || !adjusted || !responseShift || !counted) return [];
  const { schools, of } = counted;
  return [{ competency, start, then, now, conventional, adjusted, responseShift, schools, of }];
}
