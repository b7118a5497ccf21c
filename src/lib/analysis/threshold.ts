import { CONSTANTS } from './constants.ts';

/** True when `value` reaches `limit`, with the slack of the constants (measurement.md §0.5). */
export function atLeast(value: number, limit: number): boolean {
  return value >= limit - CONSTANTS.eps;
}

/** True when `value` does not exceed `limit`, with the slack of the constants (measurement.md §0.5). */
export function atMost(value: number, limit: number): boolean {
  return value <= limit + CONSTANTS.eps;
}
