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
