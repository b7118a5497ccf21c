import type { z } from 'zod';
import { STANDARD_ROLES, STANDARD_SCALE } from './defaults.ts';
import type { FaultCode, FaultParams } from './faults.ts';
import { checkInstrument } from './problems.ts';
import type { Problem } from './problems.ts';
import type { Instrument, instrumentSchema } from './schema.ts';
import type { Localized } from './types.ts';

/**
 * A list that is being made: the shape of ib-180.json, in which parts may still be empty and a text may lack its English.
 * Codes and keys are unique from the start, for they are how a part is found.
 */
export type ListDraft = z.input<typeof instrumentSchema>;
export type CompetencyDraft = ListDraft['competencies'][number];
export type ClusterDraft = CompetencyDraft['clusters'][number];
export type AspectDraft = ClusterDraft['aspects'][number];
export type TextDraft = AspectDraft['other'];

/** A part of a list: a competency or an aspect by its code, a cluster by its key. */
export type PartRef = { kind: 'competency' | 'cluster' | 'aspect'; id: string };

/** What a list of one's own begins with: the usual scale and roles, and nothing asked. */
export function emptyDraft(named: { key: string; version: string; title: TextDraft }): ListDraft {
  return { ...named, scale: STANDARD_SCALE, roles: STANDARD_ROLES, competencies: [] };
}

/**
 * A draft with the content of a list that is there. An English text that only repeats the Dutch one stays open, so that it
 * follows when the Dutch is changed.
 */
export function draftOf(instrument: Instrument, named: { key: string; version: string; title: TextDraft }): ListDraft {
  return {
    ...structuredClone(instrument),
    ...named,
    competencies: instrument.competencies.map((competency) => ({
      ...structuredClone(competency),
      title: opened(competency.title),
      description: competency.description && opened(competency.description),
      clusters: competency.clusters.map((cluster) => ({
        key: cluster.key,
        title: opened(cluster.title),
        aspects: cluster.aspects.map((aspect) => ({
          ...structuredClone(aspect),
          other: opened(aspect.other),
          self: opened(aspect.self),
          explain: aspect.explain && opened(aspect.explain),
        })),
      })),
    })),
  };
}

function opened({ nl, en }: Localized): TextDraft {
  return en === nl ? { nl } : { nl, en };
}

/** What keeps a draft from being published, and at which part; null where it is about the list as a whole. */
export type DraftFault = { part: PartRef | null; code: FaultCode; params?: FaultParams };

/** The list as it would be published, or everything that is still wrong with it. */
export function checkDraft(
  draft: ListDraft,
): { ok: true; instrument: Instrument } | { ok: false; faults: DraftFault[] } {
  const checked = checkInstrument(draft);
  if (checked.ok) return checked;
  return {
    ok: false,
    faults: checked.problems.map((problem) => ({
      part: partAt(draft, problem.path),
      code: problem.code,
      params: problem.params,
    })),
  };
}

/** The innermost part that a path leads through. */
function partAt(draft: ListDraft, path: Problem['path']): PartRef | null {
  const [, competencyAt, , clusterAt, , aspectAt] = path;
  if (path[0] !== 'competencies' || typeof competencyAt !== 'number') return null;
  const competency = draft.competencies[competencyAt];
  const cluster = typeof clusterAt === 'number' ? competency?.clusters[clusterAt] : undefined;
  const aspect = typeof aspectAt === 'number' ? cluster?.aspects[aspectAt] : undefined;
  if (aspect) return { kind: 'aspect', id: aspect.code };
  if (cluster) return { kind: 'cluster', id: cluster.key };
  return competency ? { kind: 'competency', id: competency.code } : null;
}

/** How far the English is: how many texts have none, of all. */
export function withoutEnglish(draft: ListDraft): { missing: number; all: number } {
  const texts = draft.competencies.flatMap((competency) => [
    competency.title,
    ...competency.clusters.flatMap((cluster) => [
      cluster.title,
      ...cluster.aspects.flatMap(({ other, self, explain }) => [other, self, ...(explain ? [explain] : [])]),
    ]),
  ]);
  return { missing: texts.filter(({ en }) => en === undefined || en.trim() === '').length, all: texts.length };
}

/**
 * The draft as far as it can be shown, to look at the form while the list is being made: parts without anything in them
 * are left out, and where the English is missing the Dutch stands. Null as long as there is no aspect to show.
 */
export function showable(draft: ListDraft): Instrument | null {
  const competencies = draft.competencies
    .map((competency) => ({
      ...competency,
      clusters: competency.clusters.filter(({ aspects }) => aspects.length > 0),
    }))
    .filter(({ clusters }) => clusters.length > 0);
  const checked = checkInstrument({ ...draft, competencies });
  return checked.ok ? checked.instrument : null;
}
