const ORDER = ['director', 'ib', 'teacher'];

/** People as a team is listed: the director, the IB'er, and the teachers as they came. */
export function inOrderOfRole<P extends { role: string }>(people: readonly P[]): P[] {
  return people.toSorted((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
}
