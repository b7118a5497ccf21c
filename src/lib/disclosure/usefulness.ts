import { LIMITS } from './limits.ts';

/**
 * Whether the answers on how useful a session was may be shown, or shown anew with what came since: first from five, so
 * that nobody is known by what is said, and then only with three or more that are new or changed. With fewer, what was
 * added is the difference from what was shown before (measurement.md §9.4 has the same of teachers).
 * @param shown how many are shown now; `fresh`: how many are new or changed since
 */
export function mayShowAnswers({ shown, fresh }: { shown: number; fresh: number }): boolean {
  return shown === 0 ? fresh >= LIMITS.minAnswers : fresh >= LIMITS.minNewAnswers;
}
