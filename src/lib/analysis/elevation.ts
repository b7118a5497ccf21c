import { CONSTANTS } from './constants.ts';
import { meanOf } from './mean.ts';
import { atLeast } from './threshold.ts';
import type { Pair } from './types.ts';

/** Whether the first of two sides scores higher or lower over the whole list, or neither clearly. */
type Direction = 'higher' | 'lower' | 'similar';

/**
 * `self` is the IB'er minus the others in scale points, over the whole list; null when it can be compared with neither.
 * `basis` names the gaps that went in. `others` is the director minus the teachers. Directions are null with their value.
 */
export type Elevation = {
  self: number | null;
  selfDirection: Direction | null;
  basis: ('ib_director' | 'ib_teacher')[];
  others: number | null;
  othersDirection: Direction | null;
};

/**
 * The level difference that opens a report (measurement.md §4; rules.md, Answers): the mean of self − director and
 * self − teachers, and apart from it director − teachers. Takes the matched gaps over all aspects.
 */
export function elevation(gaps: Readonly<Record<Pair, number | null>>): Elevation {
  const basis = (['ib_director', 'ib_teacher'] as const).filter((pair) => gaps[pair] !== null);
  const self = meanOf(basis.map((pair) => gaps[pair]));
  const others = gaps.director_teacher;
  return { self, selfDirection: direction(self), basis, others, othersDirection: direction(others) };
}

/** True when a level difference opens the report, and its gaps are offered without it as well (measurement.md §4). */
export function levelMatters({ selfDirection, othersDirection }: Elevation): boolean {
  return [selfDirection, othersDirection].some((one) => one === 'higher' || one === 'lower');
}

function direction(value: number | null): Direction | null {
  if (value === null) return null;
  if (!atLeast(Math.abs(value), CONSTANTS.elevationThreshold)) return 'similar';
  return value > 0 ? 'higher' : 'lower';
}
