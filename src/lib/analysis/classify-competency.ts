import { CONSTANTS } from './constants.ts';
import { meanOf } from './mean.ts';
import { atLeast, atMost } from './threshold.ts';
import type { Pair } from './types.ts';

/** Machine words of the vectors; strength and growth do not exist at this level (measurement.md §4). */
export type CompetencyClass = 'insufficient' | 'contested' | 'blind_spot' | 'hidden_strength' | 'in_agreement';

/** The gap class of a competency from its matched gaps (null = no gap); the first rule that fits wins (§4). */
export function classifyCompetency(gaps: Readonly<Record<Pair, number | null>>): CompetencyClass {
  const limit = CONSTANTS.competencyThreshold;
  const others = gaps.director_teacher;
  if (others !== null && atLeast(Math.abs(others), limit)) return 'contested';

  const self = meanOf([gaps.ib_director, gaps.ib_teacher]);
  if (self === null) return others === null ? 'insufficient' : 'in_agreement';
  if (atLeast(self, limit)) return 'blind_spot';
  if (atMost(self, -limit)) return 'hidden_strength';
  return 'in_agreement';
}
