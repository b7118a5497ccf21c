import { CONSTANTS } from './constants.ts';

/**
 * How many of `aspects` aspects must be judged before they may be averaged: half of them, at least five, never more
 * than there are (measurement.md §2).
 */
export function needed(aspects: number): number {
  return Math.min(aspects, Math.max(CONSTANTS.coverageMin, Math.ceil(aspects * CONSTANTS.coverageShare)));
}
