import { LIMITS } from './limits.ts';

/** The schools behind a figure over schools. */
type CohortFigure = {
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

/**
 * True when two groups of schools may be shown side by side: apart, or one inside the other as above, or overlapping with
 * five schools in each that are not in the other.
 */
export function groupsShown(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  if (one.isDisjointFrom(other)) return true;
  if (one.isSubsetOf(other)) return nestedGroupsShown(other.size, one.size);
  if (other.isSubsetOf(one)) return nestedGroupsShown(one.size, other.size);
  return Math.min(one.difference(other).size, other.difference(one).size) >= LIMITS.minSchools;
}

/** How many different schools and people some of a group are, without those that the viewer knows. */
export type CountOthers = (some: ReadonlySet<string>) => number;

/**
 * True when the means of one thing over two groups may both be told, at two times too: the groups are equal or have nobody in
 * common, or each that has somebody the other has not has five of them, as `countOthers` counts, or the larger has more than
 * `most`, so that one decimal hides what a single one has (docs/decisions.md).
 */
export function nestedPartTold(
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
  most: number,
  countOthers: CountOthers,
): boolean {
  if (one.isDisjointFrom(other)) return true;
  const only = [one.difference(other), other.difference(one)];
  if (only.every((some) => some.size === 0 || countOthers(some) >= LIMITS.minSchools)) return true;
  return Math.max(one.size, other.size) > most;
}

/** What was told of something over a group of schools: `about` says of what, `aspects` over which of them it is. */
export type ToldGroup = { about: string; aspects: ReadonlySet<string>; group: ReadonlySet<string> };

/**
 * True when this may be told beside what was told before of the same: over mostly other aspects, or over a group that differs from
 * each of theirs by nobody, or by as many as `nestedPartTold` asks. Where they share less than half of the larger's aspects, whatever
 * else is told of the others has to be subtracted too, and its decimals leave a single school uncertain by a point. Means over few
 * aspects are nearly whole numbers: between two of those any aspect that they share counts, at any number of schools.
 */
export function toldBeside(told: readonly ToldGroup[], one: ToldGroup, countOthers: CountOthers): boolean {
  return told.every((other) => {
    const bothFew = Math.max(one.aspects.size, other.aspects.size) < LIMITS.minAspectsOfMean;
    const shared = one.aspects.intersection(other.aspects).size;
    const isAlike = bothFew ? shared > 0 : 2 * shared >= Math.max(one.aspects.size, other.aspects.size);
    const most = bothFew ? Infinity : LIMITS.maxTellingSchools;
    return other.about !== one.about || !isAlike || nestedPartTold(other.group, one.group, most, countOthers);
  });
}
