import { CONSTANTS } from './constants.ts';

/**
 * A figure as a screen shows it: one decimal, halves away from zero, never −0. For display only, after every
 * comparison with a threshold (measurement.md §0.5).
 */
export function roundForDisplay(value: number): number {
  const size = Math.floor(Math.abs(value) * 10 + 0.5 + CONSTANTS.eps) / 10;
  return size === 0 ? 0 : Math.sign(value) * size;
}
