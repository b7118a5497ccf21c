import { LIMITS } from './limits.ts';

/** The schools behind a figure over schools. */
export type CohortFigure = {
  schools: number;
  /** Schools whose teachers' answers are in the figure but are withheld by themselves. */
  hiddenInside: number;
  /** The viewer can see the values of single schools as well. */
  viewerSeesSchoolValues: boolean;
};

/**
 * True when a figure over schools may be shown: five schools, and for a viewer who could subtract the schools that are
 * shown, no withheld school inside or at least three (measurement.md §9.6).
 */
export function cohortFigureShown({ schools, hiddenInside, viewerSeesSchoolValues }: CohortFigure): boolean {
  if (schools < LIMITS.minSchools) return false;
  return !viewerSeesSchoolValues || hiddenInside === 0 || hiddenInside >= LIMITS.minHiddenSchools;
}

/** True when a group and a part of it may both be shown: both and their difference have five schools, or they are equal. */
export function nestedGroupsShown(group: number, subgroup: number): boolean {
  if (subgroup < LIMITS.minSchools) return false;
  return subgroup === group || group - subgroup >= LIMITS.minSchools;
}

/** Who stands behind one value of a figure over schools; `director` is null when there is none. */
export type Behind = { school: string; ratee: string; director: string | null };

/**
 * How many schools a figure counts: "five schools" means different schools and different IB'ers, and for the
 * director's view also different directors (rules.md, Who, what, when). The smallest of these numbers.
 */
export function distinctSchools(behind: readonly Behind[], directorsToo: boolean): number {
  const different = (key: (one: Behind) => string | null) =>
    new Set(behind.map(key).filter((value) => value !== null)).size;
  const counts = [different(({ school }) => school), different(({ ratee }) => ratee)];
  if (directorsToo) counts.push(different(({ director }) => director));
  return Math.min(...counts);
}
