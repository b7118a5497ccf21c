import { LIMITS } from './limits.ts';
import type { Mode } from './mode.ts';

/**
 * True when a figure over `teachers` teachers may be used: an aspect's mean of that many judged scores, a view of that
 * many submitted responses, a share of that many answers (measurement.md §5, §9.1).
 */
export function enoughTeachers(teachers: number, mode: Mode): boolean {
  return teachers >= (mode === 'open' ? 1 : LIMITS.minTeachers);
}

/** True when words on the spread among `teachers` teachers may be shown (measurement.md §9.5). */
export function spreadShown(teachers: number): boolean {
  return teachers >= LIMITS.minTeachersForSpread;
}

/**
 * True when a teachers' view that was released with `released` teachers may be computed again with `now` teachers:
 * unchanged, or at least three new ones, because 3 → 4 reveals the fourth (measurement.md §9.4).
 */
export function mayRecompute(released: number, now: number): boolean {
  return now === released || now - released >= LIMITS.minNewTeachers;
}
