import type { Instrument } from '#lib/instrument/schema.ts';
import { landscapeOf } from './landscape.ts';
import type { Landscape } from './landscape.ts';
import { PAIR_NAMES, PAIRS } from './pairs-data.ts';
import { staffSchools } from './people.ts';
import { cohortOf } from './plan.ts';
import type { Portrait } from './portrait.ts';
import { randomFor } from './random.ts';
import type { SchoolSketch } from './schools-data.ts';
import type { DemoCohort } from './types.ts';

/** The usual level of how two people work together, before they train it; in scale points. */
const LEVEL = 3.1;
/** What a programme of half a year adds, and how far pairs differ in that, as a share. */
const GROWTH = 0.55;
const GROWTH_SPREAD = 0.4;
/** Standard deviations: between pairs, between statements at one pair, of one view's own look at a statement. */
const BETWEEN = { pair: 0.25, aspect: 0.45, view: 0.3 };
/** So many statements of a pair are seen differently, by so many scale points each; half of it is left afterwards. */
const APART = { count: 3, by: 0.9, left: 0.5 };

/**
 * The cohort of pairs: director and IB'er of six schools, before and after. Pure, as `demoPlan`.
 * @param list the short list of its programme
 */
export function pairCohort(list: Instrument, seed: number, now: Date): DemoCohort {
  const landscape = landscapeOf(list, seed);
  const sources = staffSchools(PAIRS.schools, seed, PAIR_NAMES).map((staffed) => ({
    ...{ landscape, seed, staffed, portrait: pairPortrait(landscape, seed, staffed.sketch) },
  }));
  return cohortOf(PAIRS, sources, now);
}

/** A pair as both see it: they answer about the same "we", so their views lie nearer than those of three on one person. */
function pairPortrait({ aspects }: Landscape, seed: number, { name }: SchoolSketch): Portrait {
  const random = randomFor(seed, 'pair', name);
  const level = LEVEL + random.around(BETWEEN.pair);
  const pace = GROWTH * (1 + random.around(GROWTH_SPREAD));
  const own = new Map(aspects.map(({ code }) => [code, random.around(BETWEEN.aspect)]));
  const slants = new Map(
    aspects.map(({ code }) => [
      code,
      { director: random.around(BETWEEN.view), ib: random.around(BETWEEN.view), teacher: 0 },
    ]),
  );
  const apart = new Set(random.shuffled(aspects.map(({ code }) => code)).slice(0, APART.count));
  const side = { director: APART.by, ib: -APART.by, teacher: 0 };
  return {
    truth: ({ code }, round) => level + (own.get(code) ?? 0) + pace * round,
    slant: (role, { code }, round) =>
      (slants.get(code)?.[role] ?? 0) + (apart.has(code) ? side[role] * APART.left ** round : 0),
    unclear: new Set(),
    // A goal has three statements, and none of them can be missed in a mean (analysis/coverage.ts).
    seesAll: true,
  };
}
