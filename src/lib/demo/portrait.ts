import type { Role } from '#lib/instrument/types.ts';
import type { DemoAspect, Landscape } from './landscape.ts';
import { randomFor } from './random.ts';
import type { SchoolSketch } from './schools-data.ts';

/** One IB'er: what there would be to see, and how each view slants it. In scale points, not rounded. */
export type Portrait = {
  /** What would be seen of an aspect in a round (T0 is 0), if everybody saw all. */
  truth: (aspect: DemoAspect, round: number) => number;
  /** How far the view of a role is above or below that. */
  slant: (role: Role, aspect: DemoAspect, round: number) => number;
  /** Statements that this school in particular finds unclear. */
  unclear: ReadonlySet<string>;
  /** Whoever answers does so about what they do themselves: nothing of it is out of sight, and nothing is left open. */
  seesAll?: true;
};

/** The usual level: between "soms" and "meestal". */
const LEVEL = 3.5;
/** Standard deviations between IB'ers: over the whole list, for a competency, for one aspect. */
const BETWEEN = { level: 0.22, competency: 0.18, aspect: 0.3 };
/** Standard deviation of a view's own look at one aspect. */
const SLANT: Record<Role, number> = { director: 0.35, ib: 0.4, teacher: 0.15 };
/** IB'ers see a little more of what they do than others; less so as they learn to look. */
const SELF_HIGHER = { start: 0.32, less: 0.06 };
/** A year of the programme: more coaching, a little less advising (product.md, the balance). */
const GROWTH: Readonly<Record<string, number>> = { C1: 0.12, C2: 0.1, C3: -0.09, C4: 0.23 };
const GROWTH_SPREAD = 0.4;
/** Talking about differences makes them smaller: so much of a difference is left a year later. */
const LEFT_AFTER_A_YEAR = 0.9;

/** What is special about single aspects: how many of each kind an IB'er has, and what it does. */
const MARKS = {
  contested: { count: 5, truth: 0, director: 1.15, ib: 0, teacher: -1.15 },
  contestedTurned: { count: 3, truth: 0, director: -1.15, ib: 0, teacher: 1.15 },
  hidden: { count: 5, truth: 0.4, director: 0.7, ib: -1.5, teacher: 0.7 },
  selfHigher: { count: 4, truth: -0.2, director: -0.8, ib: 1.1, teacher: -0.8 },
  growth: { count: 6, truth: -1.3, director: 0, ib: 0, teacher: 0 },
  strength: { count: 8, truth: 1.1, director: 0, ib: 0, teacher: 0 },
} as const;
type Mark = (typeof MARKS)[keyof typeof MARKS];
const UNCLEAR_HERE = 2;

export function portraitOf(
  { aspects, ease }: Landscape,
  seed: number,
  { name, selfHigher = 0, slants: given = {} }: SchoolSketch,
): Portrait {
  const random = randomFor(seed, 'portrait', name);
  const competencies = [...new Set(aspects.map(({ competency }) => competency))];
  const level = random.around(BETWEEN.level);
  const levels = new Map(competencies.map((code) => [code, level + random.around(BETWEEN.competency)]));
  const pace = 1 + random.around(GROWTH_SPREAD);
  const own = new Map(aspects.map(({ code }) => [code, random.around(BETWEEN.aspect)]));
  const slants = new Map(
    aspects.map(({ code }) => [
      code,
      {
        director: random.around(SLANT.director),
        ib: random.around(SLANT.ib),
        teacher: random.around(SLANT.teacher),
      },
    ]),
  );
  const { marks, unclear } = marksOf(aspects, random.shuffled);
  const faded = (round: number) => LEFT_AFTER_A_YEAR ** round;
  return {
    truth: ({ code, competency }, round) =>
      LEVEL +
      (levels.get(competency) ?? 0) +
      (ease.get(code) ?? 0) +
      (own.get(code) ?? 0) +
      (marks.get(code)?.truth ?? 0) +
      (GROWTH[competency] ?? 0) * pace * round,
    slant: (role, { code, competency }, round) =>
      (slants.get(code)?.[role] ?? 0) +
      (given[competency]?.[role] ?? 0) +
      (marks.get(code)?.[role] ?? 0) * faded(round) +
      (role === 'ib' ? SELF_HIGHER.start + selfHigher - SELF_HIGHER.less * round : 0),
    unclear,
  };
}

/** The director has to see what director and teachers see differently, so those aspects come first in the deal. */
function marksOf(aspects: readonly DemoAspect[], shuffled: <T>(items: readonly T[]) => T[]) {
  const visible = shuffled(aspects.filter(({ observableBy }) => observableBy.length === 3));
  const taken = MARKS.contested.count + MARKS.contestedTurned.count;
  const first = visible.slice(0, taken);
  const deck = [...first, ...shuffled(aspects.filter((aspect) => !first.includes(aspect)))];
  const marks = new Map<string, Mark>();
  for (const mark of Object.values(MARKS)) {
    for (const { code } of deck.splice(0, mark.count)) marks.set(code, mark);
  }
  return { marks, unclear: new Set(deck.slice(0, UNCLEAR_HERE).map(({ code }) => code)) };
}
