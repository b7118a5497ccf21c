import padjust from '@stdlib/stats-padjust';

/**
 * Benjamini–Hochberg q-values (0–1) in the order of the p-values. A p-value that is not defined (null) leaves the
 * family and stays null (measurement.md §8; Benjamini & Hochberg 1995).
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
  const defined = pValues.filter((p) => p !== null);
  const adjusted = defined.length === 0 ? [] : padjust(defined, 'bh');
  let next = 0;
  return pValues.map((p) => (p === null ? null : (adjusted[next++] ?? null)));
}
