import type { Instrument } from './schema.ts';
import type { Outline } from './types.ts';

/**
 * A list with these aspects alone, in its own order; clusters and competencies without any are left out. Pure: what a
 * rater reads of a pulse round.
 */
export function partOf(list: Instrument, asked: ReadonlySet<string>): Instrument {
  const competencies = list.competencies.map((competency) => ({
    ...competency,
    clusters: competency.clusters
      .map((cluster) => ({ ...cluster, aspects: cluster.aspects.filter(({ code }) => asked.has(code)) }))
      .filter(({ aspects }) => aspects.length > 0),
  }));
  return { ...list, competencies: competencies.filter(({ clusters }) => clusters.length > 0) };
}

/**
 * The same for the analysis. Here a competency without any of these aspects stays, with none: that it was not asked is
 * said where its figures would stand.
 */
export function partOfOutline({ competencies }: Outline, asked: ReadonlySet<string>): Outline {
  return {
    competencies: competencies.map((competency) => ({
      ...competency,
      aspects: competency.aspects.filter(({ code }) => asked.has(code)),
    })),
  };
}

/**
 * Whether these codes make a pulse round of a list: aspects of it, each once, at least one and not all of them.
 */
export function isPart(codes: readonly string[], list: ReadonlySet<string>): boolean {
  const asked = new Set(codes);
  return (
    asked.size === codes.length && asked.size > 0 && asked.size < list.size && codes.every((code) => list.has(code))
  );
}
