import type { AspectDraft, ClusterDraft, CompetencyDraft, ListDraft, PartRef, TextDraft } from './list-draft.ts';

/** A part that was taken out, with all that was in it, and where it stood: enough to put it back. */
export type RemovedPart =
  | { kind: 'competency'; at: number; part: CompetencyDraft }
  | { kind: 'cluster'; in: string; at: number; part: ClusterDraft }
  | { kind: 'aspect'; in: string; at: number; part: AspectDraft };

/** What an edit came to: the changed draft, or why it cannot be done; `gone`: there is no such part (any more). */
export type Edited = { ok: true; draft: ListDraft } | { ok: false; because: 'gone' | 'code_taken' };

/** Where a part stands: the list of parts that it is in, and its place there from 0. Null when it is not in the draft. */
type Place = { siblings: unknown[]; at: number };

/** Moves a part one place up or down among those beside it; at the end of them it stays. */
export function movePart(draft: ListDraft, ref: PartRef, by: -1 | 1): Edited {
  return edit(draft, (copy) => {
    const place = placeOf(copy, ref);
    if (!place) return 'gone';
    const to = place.at + by;
    if (to < 0 || to >= place.siblings.length) return null;
    place.siblings.splice(to, 0, ...place.siblings.splice(place.at, 1));
    return null;
  });
}

/** Takes a part out with all that is in it. Null when it is not there. */
export function removePart(draft: ListDraft, ref: PartRef): { draft: ListDraft; removed: RemovedPart } | null {
  const copy = structuredClone(draft);
  const place = placeOf(copy, ref);
  const removed = place && removedFrom(draft, ref, place.at);
  if (!removed) return null;
  place.siblings.splice(place.at, 1);
  return { draft: copy, removed };
}

/** Puts a part back where it stood, or at the end where its place is no more. */
export function putBack(draft: ListDraft, removed: RemovedPart): Edited {
  return edit(draft, (copy) => {
    const parts = codesIn(removed);
    const taken = codesOf(copy);
    if ([...parts].some((code) => taken.has(code))) return 'code_taken';
    const siblings = siblingsFor(copy, removed);
    if (!siblings) return 'gone';
    siblings.splice(removed.at, 0, removed.part);
    return null;
  });
}

/** What is said of a competency. */
export type CompetencyTexts = Pick<CompetencyDraft, 'code' | 'title' | 'description' | 'scaleQuestion'>;

/** Adds a competency at the end. */
export function addCompetency(draft: ListDraft, texts: CompetencyTexts): Edited {
  return edit(draft, (copy) => {
    if (copy.competencies.some(({ code }) => code === texts.code)) return 'code_taken';
    copy.competencies.push({ ...texts, key: freeKey(copy, texts.code), clusters: [] });
    return null;
  });
}

/** Changes what is said of a competency; what is in it stays. */
export function changeCompetency(draft: ListDraft, code: string, texts: CompetencyTexts): Edited {
  return edit(draft, (copy) => {
    const competency = copy.competencies.find((each) => each.code === code);
    if (!competency) return 'gone';
    if (texts.code !== code && copy.competencies.some((each) => each.code === texts.code)) return 'code_taken';
    Object.assign(competency, texts);
    return null;
  });
}

/** Adds a cluster at the end of a competency. Its key, which no page shows, is made of the competency's code. */
export function addCluster(draft: ListDraft, competencyCode: string, title: TextDraft): Edited {
  return edit(draft, (copy) => {
    const competency = copy.competencies.find(({ code }) => code === competencyCode);
    if (!competency) return 'gone';
    competency.clusters.push({ key: freeKey(copy, competencyCode), title, aspects: [] });
    return null;
  });
}

/** Gives a cluster another title. */
export function renameCluster(draft: ListDraft, key: string, title: TextDraft): Edited {
  return edit(draft, (copy) => {
    const cluster = findCluster(copy, key);
    if (!cluster) return 'gone';
    cluster.title = title;
    return null;
  });
}

/** Adds an aspect at the end of a cluster. */
export function addAspect(draft: ListDraft, clusterKey: string, aspect: AspectDraft): Edited {
  return edit(draft, (copy) => {
    const cluster = findCluster(copy, clusterKey);
    if (!cluster) return 'gone';
    if (findAspect(copy, aspect.code)) return 'code_taken';
    cluster.aspects.push(aspect);
    return null;
  });
}

/** Changes an aspect, in place, or at the end of another cluster when `clusterKey` is not its own. */
export function changeAspect(draft: ListDraft, code: string, aspect: AspectDraft, clusterKey: string): Edited {
  return edit(draft, (copy) => {
    const found = findAspect(copy, code);
    const to = findCluster(copy, clusterKey);
    if (!found || !to) return 'gone';
    if (aspect.code !== code && findAspect(copy, aspect.code)) return 'code_taken';
    const at = found.cluster.aspects.findIndex((each) => each.code === code);
    if (to === found.cluster) found.cluster.aspects.splice(at, 1, aspect);
    else {
      found.cluster.aspects.splice(at, 1);
      to.aspects.push(aspect);
    }
    return null;
  });
}

/** An aspect with the cluster and the competency that it is in; undefined when the list has none of this code. */
export function findAspect(
  draft: ListDraft,
  code: string,
): { competency: CompetencyDraft; cluster: ClusterDraft; aspect: AspectDraft } | undefined {
  for (const competency of draft.competencies) {
    for (const cluster of competency.clusters) {
      const aspect = cluster.aspects.find((each) => each.code === code);
      if (aspect) return { competency, cluster, aspect };
    }
  }
  return undefined;
}

/** A code for the next aspect of a cluster, in the way of the competency's other ones: C1.25 after C1.24. */
export function nextCode(draft: ListDraft, clusterKey: string): string {
  const competency = draft.competencies.find(({ clusters }) => clusters.some(({ key }) => key === clusterKey));
  if (!competency) return '';
  const numbers = competency.clusters
    .flatMap(({ aspects }) => aspects)
    .map(({ code }) => Number(/(\d+)$/.exec(code)?.[1] ?? 0));
  for (let number = Math.max(0, ...numbers) + 1; ; number += 1) {
    const code = `${competency.code}.${String(number).padStart(2, '0')}`;
    if (!findAspect(draft, code)) return code;
  }
}

function edit(draft: ListDraft, change: (copy: ListDraft) => 'gone' | 'code_taken' | null): Edited {
  const copy = structuredClone(draft);
  const because = change(copy);
  return because === null ? { ok: true, draft: copy } : { ok: false, because };
}

function findCluster(draft: ListDraft, key: string): ClusterDraft | undefined {
  return draft.competencies.flatMap(({ clusters }) => clusters).find((cluster) => cluster.key === key);
}

function placeOf(draft: ListDraft, { kind, id }: PartRef): Place | null {
  if (kind === 'competency') return placeIn(draft.competencies, (each) => each.code === id);
  for (const { clusters } of draft.competencies) {
    if (kind === 'cluster') {
      const place = placeIn(clusters, (each) => each.key === id);
      if (place) return place;
    } else {
      for (const { aspects } of clusters) {
        const place = placeIn(aspects, (each) => each.code === id);
        if (place) return place;
      }
    }
  }
  return null;
}

function placeIn<T>(siblings: T[], isIt: (each: T) => boolean): Place | null {
  const at = siblings.findIndex(isIt);
  return at < 0 ? null : { siblings, at };
}

/** The parts among which a removed one stood; undefined when what it was in is gone. */
function siblingsFor(draft: ListDraft, removed: RemovedPart): unknown[] | undefined {
  if (removed.kind === 'competency') return draft.competencies;
  if (removed.kind === 'aspect') return findCluster(draft, removed.in)?.aspects;
  return draft.competencies.find(({ code }) => code === removed.in)?.clusters;
}

function removedFrom(draft: ListDraft, { kind, id }: PartRef, at: number): RemovedPart | null {
  if (kind === 'competency') {
    const part = draft.competencies[at];
    return part ? { kind, at, part } : null;
  }
  if (kind === 'cluster') {
    const competency = draft.competencies.find(({ clusters }) => clusters.some(({ key }) => key === id));
    const part = competency?.clusters[at];
    return competency && part ? { kind, in: competency.code, at, part } : null;
  }
  const found = findAspect(draft, id);
  return found ? { kind, in: found.cluster.key, at, part: found.aspect } : null;
}

/** Competencies, clusters and aspects have codes of their own, which may be alike. */
function codesOf({ competencies }: Pick<ListDraft, 'competencies'>): Set<string> {
  return new Set(competencies.flatMap((part) => [...codesIn({ kind: 'competency', at: 0, part })]));
}

function codesIn(removed: RemovedPart): Set<string> {
  if (removed.kind === 'aspect') return new Set([`aspect ${removed.part.code}`]);
  const clusters = removed.kind === 'cluster' ? [removed.part] : removed.part.clusters;
  return new Set([
    ...(removed.kind === 'competency' ? [`competency ${removed.part.code}`, `key ${removed.part.key}`] : []),
    ...clusters.flatMap(({ key, aspects }) => [`cluster ${key}`, ...aspects.map(({ code }) => `aspect ${code}`)]),
  ]);
}

/** A key that no competency and no cluster has: of the code, then with a number. */
function freeKey(draft: ListDraft, code: string): string {
  const taken = new Set(draft.competencies.flatMap(({ key, clusters }) => [key, ...clusters.map((each) => each.key)]));
  if (!taken.has(code)) return code;
  for (let number = 1; ; number += 1) if (!taken.has(`${code}-${number}`)) return `${code}-${number}`;
}
