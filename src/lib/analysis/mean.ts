import { mean } from 'd3-array';

/** The values that are there, in their order. */
export function present(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

/** Unweighted mean of the values that are there; null when there is none. */
export function meanOf(values: readonly (number | null)[]): number | null {
  return mean(present(values)) ?? null;
}
