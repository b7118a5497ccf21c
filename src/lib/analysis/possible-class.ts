import type { AspectClass } from './classify-aspect.ts';
import type { View } from './types.ts';

/**
 * Whether an aspect can have this class where a list asks only these views (measurement.md §4): "contested" compares director
 * and teachers, and the two that start from the self need it and somebody beside it.
 */
export function isPossible(of: AspectClass, asked: readonly View[]): boolean {
  if (of === 'contested') return asked.includes('director') && asked.includes('teacher');
  if (of === 'blind_spot' || of === 'hidden_strength') return asked.includes('ib') && asked.length > 1;
  return true;
}
