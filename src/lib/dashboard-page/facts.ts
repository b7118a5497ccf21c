import type { ClarityFlag } from '#lib/analysis/clarity.ts';
import type { View } from '#lib/analysis/types.ts';
import type { ShownMean } from '#lib/charts/cohort-figure.ts';
import { mostlyNotVisible } from '#lib/disclosure/competency-reason.ts';
import { ROLES } from '#lib/instrument/types.ts';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import type { Aspect, Cluster, Competency, Instrument } from '#lib/instrument/schema.ts';
import type { AspectOverSchools, RoundFigures } from '#lib/server/reports/service.ts';

/** Clarity of an aspect with a reason for each figure that is null. */
export type ClarityRow = RoundFigures['clarity'][number];

/** An aspect of a cohort's round: its place in the list, what may be shown of it over schools, and how clear it is. */
export type CohortAspect = {
  code: string;
  competency: Competency;
  cluster: Cluster;
  listed: Aspect;
  figures: AspectOverSchools;
  clarity: ClarityRow | null;
  /** The flags that ask for attention. */
  flags: ClarityFlag[];
};

/** The aspects of a round in the order of its list. */
export function cohortAspects(instrument: Instrument, figures: RoundFigures): CohortAspect[] {
  const sums = new Map(figures.aspects.map((aspect) => [aspect.code, aspect]));
  const clarity = new Map(figures.clarity.map((row) => [row.aspect, row]));
  return instrument.competencies.flatMap((competency) =>
    competency.clusters.flatMap((cluster) =>
      cluster.aspects.flatMap((listed): CohortAspect[] => {
        const found = sums.get(listed.code);
        if (!found) return []; // the round asked a part of its list
        const row = clarity.get(listed.code) ?? null;
        return [
          { code: listed.code, competency, cluster, listed, figures: found, clarity: row, flags: row?.flags ?? [] },
        ];
      }),
    ),
  );
}

/** The roles that can normally see an aspect. */
export function seenBy({ observableBy }: Aspect): readonly View[] {
  return observableBy ?? ROLES;
}

/** Whether a role normally sees too little of a competency to have a score on it (rules.md, Answers). */
export function mostlyUnseen(competency: Competency, view: View): boolean {
  return mostlyNotVisible(
    view,
    aspectsOf(competency).map((aspect) => ({ code: aspect.code, observableBy: seenBy(aspect) })),
  );
}

/** A view's mean of an aspect; where a role normally does not see it and nobody gave a score, that is why there is none. */
export function aspectMean({ figures, listed }: CohortAspect, view: View): ShownMean {
  const { n, mean, low, high, reason } = figures.views[view];
  if (mean !== null || n > 0 || reason === 'not_asked' || seenBy(listed).includes(view))
    return { n, mean, low, high, ...(reason ? { reason } : {}) };
  return { n, mean, low, high, reason: 'not_visible_for_role' };
}

/** The share of a view (0–1) that could not judge an aspect; null where that is not known. */
export function unseenShare(clarity: ClarityRow | null, view: View): number | null {
  return clarity?.[`C_${view}`] ?? null;
}
