import { aspectsOf } from './schema.ts';
import type { Instrument } from './schema.ts';

/**
 * The codes of the aspects that are the same in two lists: the same code with the same Dutch statements. A reworded aspect
 * asks something else, so its scores are not laid side by side (measurement.md §0.4); explanation, order and translation
 * may differ.
 */
export function sameAspects(one: Instrument, other: Instrument): ReadonlySet<string> {
  const before = statements(one);
  return new Set([...statements(other)].filter(([code, text]) => before.get(code) === text).map(([code]) => code));
}

function statements({ competencies }: Instrument): ReadonlyMap<string, string> {
  return new Map(
    competencies.flatMap(aspectsOf).map(({ code, other, self }) => [code, `${other.nl}\n${self.nl}`] as const),
  );
}
