import type { DraftFault, ListDraft, PartRef } from '#lib/instrument/list-draft.ts';
import type { RemovedPart } from '#lib/instrument/edit-draft.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { faultText } from '#lib/text/faults.ts';

/** Where a part of a draft is edited. */
export function partHref(listId: string, part: PartRef | null): string {
  const page = `/admin/lists/${listId}`;
  if (part === null) return `${page}#parts`;
  const folder = { competency: 'competencies', cluster: 'clusters', aspect: 'aspects' }[part.kind];
  return `${page}/${folder}/${encodeURIComponent(part.id)}`;
}

/** What a part is called, for a link to it. */
export function partName(draft: ListDraft, part: PartRef | null): string {
  if (part === null) return m.list_fault_whole();
  const competency = draft.competencies.find(({ code }) => code === part.id);
  if (part.kind === 'competency') return `${part.id} ${competency?.title.nl ?? ''}`.trim();
  if (part.kind === 'aspect') return m.list_aspect({ code: part.id });
  const cluster = draft.competencies.flatMap(({ clusters }) => clusters).find(({ key }) => key === part.id);
  return cluster?.title.nl || m.list_cluster();
}

/** What is wrong with a draft, in a sentence: an empty part in the words of what it should hold. */
export function draftFaultText({ part, code, params }: DraftFault): string {
  if (code === 'list_too_short' && part?.kind === 'competency') return m.list_fault_competency_empty();
  if (code === 'list_too_short' && part?.kind === 'cluster') return m.list_fault_cluster_empty();
  if (code === 'list_too_short' && part === null) return m.list_fault_empty();
  return faultText({ code, params }, getLocale());
}

/** What was taken out, for the button that puts it back. */
export function removedName({ kind, part }: RemovedPart): string {
  if (kind === 'aspect') return `${part.code} ${part.other.nl}`;
  return kind === 'competency' ? `${part.code} ${part.title.nl}` : part.title.nl;
}

/** How many aspects went with it; 0 for an aspect itself. */
export function removedAspects(removed: RemovedPart): number {
  if (removed.kind === 'aspect') return 0;
  const clusters = removed.kind === 'cluster' ? [removed.part] : removed.part.clusters;
  return clusters.flatMap(({ aspects }) => aspects).length;
}
