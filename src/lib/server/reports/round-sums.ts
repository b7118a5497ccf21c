import { CONSTANTS } from '#lib/analysis/constants.ts';
import { distinctSchools } from '#lib/analysis/distinct-schools.ts';
import type { Behind } from '#lib/analysis/distinct-schools.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import { summaryOf } from '#lib/analysis/summary.ts';
import type { Summary } from '#lib/analysis/summary.ts';
import { atLeast } from '#lib/analysis/threshold.ts';
import { PAIRS, PAIR_VIEWS, VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import type { AspectFigures, SchoolFigures } from './figures.ts';
import { responseSums, type ResponseSums } from './response-sums.ts';

/** A school round of the cohort when its round closes: whose it is, and its figures without a viewer. */
export type SumUnit = Behind & { schoolRoundId: string; figures: SchoolFigures };

/**
 * A sum over school rounds, of shown values only. `schools` is how many it counts: different schools and IB'ers, and
 * directors where the director's view is in it (rules.md). `of` are the places of those school rounds in `units`.
 */
export type Sum = Summary & { schools: number; of: number[] };

/** A sum of gaps, first minus second view in scale points. `large` counts school rounds with a gap of 1.5 or more. */
export type GapSum = Sum & { meanAbsolute: number; large: number };

/** Over the school rounds of one aspect: the views' scores (1–5), their gaps, and how often each reading. Null: no value. */
export type AspectSums = {
  code: string;
  competency: string;
  views: Record<View, Sum | null>;
  gaps: Record<Pair, GapSum | null>;
  readings: Partial<Record<Reading, number>>;
};

/**
 * What a cohort may come to show of a closed round, summed once when it closes and never again: erasing somebody cannot be
 * read off as a difference, and a page costs the same at any number of schools (rules.md, Shown and withheld). Plain JSON.
 * Who may see which of these figures is for `roundFigures` to say.
 */
export type RoundSums = {
  units: SummedUnit[];
  /** Different schools and IB'ers. */
  schools: number;
  views: { view: View; competency: string; sum: Sum | null }[];
  gaps: { pair: Pair; competency: string; sum: GapSum | null }[];
  aspects: AspectSums[];
  /** Left out where the round was summed before this was. */
  response?: ResponseSums;
};

/**
 * A school round in the sums. Its IB'er and its director (null: there was none) are known by a number, the same for the same
 * person in this round and nothing else; left out where the round was summed before this was.
 */
export type SummedUnit = { schoolRoundId: string; school: string; ib?: number; director?: number | null };

/** Who stands behind a school round in the sums. Where that was not summed every school counts as other people. */
export function behindOf({ school, ib, director }: SummedUnit): Behind {
  return {
    school,
    ratee: ib === undefined ? school : String(ib),
    director: director === undefined ? school : director === null ? null : String(director),
  };
}

/** Sums a round over its school rounds; all have the same list. */
export function roundSums(units: readonly SumUnit[]): RoundSums {
  const [first] = units;
  const codes = first?.figures.competencies.map(({ code }) => code) ?? [];
  const people = [...new Set(units.flatMap(({ ratee, director }) => [ratee, director]))];
  const numberOf = (person: string) => people.indexOf(person);
  const competencies = units.map(({ figures }) => new Map(figures.competencies.map((one) => [one.code, one])));
  return {
    units: units.map(({ schoolRoundId, school, ratee, director }) => ({
      ...{ schoolRoundId, school, ib: numberOf(ratee) },
      director: director === null ? null : numberOf(director),
    })),
    schools: distinctSchools(units, false),
    views: VIEWS.flatMap((view) =>
      codes.map((competency) => {
        const scores = competencies.map((own) => own.get(competency)?.views[view].score ?? null);
        return { view, competency, sum: sumOf(units, scores, view === 'director') };
      }),
    ),
    gaps: PAIRS.flatMap((pair) =>
      codes.map((competency) => {
        const gaps = competencies.map((own) => own.get(competency)?.gaps[pair].gap ?? null);
        return { pair, competency, sum: gapSumOf(units, gaps, pair) };
      }),
    ),
    aspects: first?.figures.aspects.map((_, index) => aspectSums(units, index)) ?? [],
    response: responseSums(units),
  };
}

/** The sum of the values that are there, one a unit in the order of `units`; null when there is none. */
export function sumOf(units: readonly Behind[], values: readonly (number | null)[], directorsToo: boolean): Sum | null {
  const of = values.flatMap((value, index) => (value === null ? [] : [index]));
  const summary = summaryOf(values.filter((value) => value !== null));
  if (summary === null) return null;
  const behind = of.flatMap((index) => units[index] ?? []);
  return { ...summary, schools: distinctSchools(behind, directorsToo), of };
}

function gapSumOf(units: readonly Behind[], gaps: readonly (number | null)[], pair: Pair): GapSum | null {
  const sum = sumOf(units, gaps, PAIR_VIEWS[pair].includes('director'));
  if (sum === null) return null;
  const sizes = gaps.filter((gap) => gap !== null).map(Math.abs);
  const large = sizes.filter((size) => atLeast(size, CONSTANTS.aspectThreshold)).length;
  return { ...sum, meanAbsolute: summaryOf(sizes)?.mean ?? 0, large };
}

function aspectSums(units: readonly SumUnit[], index: number): AspectSums {
  const own = units.map(({ figures }) => figures.aspects[index]);
  const { code = '', competency = '' } = own[0] ?? {};
  const readings: Partial<Record<Reading, number>> = {};
  for (const aspect of own) if (aspect) readings[aspect.reading] = (readings[aspect.reading] ?? 0) + 1;
  const view = (name: View) =>
    sumOf(
      units,
      own.map((aspect) => scoreOf(aspect, name)),
      name === 'director',
    );
  const gap = (pair: Pair) =>
    gapSumOf(
      units,
      own.map((aspect) => gapOf(aspect, pair)),
      pair,
    );
  return {
    code,
    competency,
    views: { director: view('director'), ib: view('ib'), teacher: view('teacher') },
    gaps: {
      ib_director: gap('ib_director'),
      ib_teacher: gap('ib_teacher'),
      director_teacher: gap('director_teacher'),
    },
    readings,
  };
}

function scoreOf(aspect: AspectFigures | undefined, view: View): number | null {
  return aspect?.views[view].score ?? null;
}

function gapOf(aspect: AspectFigures | undefined, pair: Pair): number | null {
  const [first, second] = [scoreOf(aspect, PAIR_VIEWS[pair][0]), scoreOf(aspect, PAIR_VIEWS[pair][1])];
  return first === null || second === null ? null : first - second;
}
