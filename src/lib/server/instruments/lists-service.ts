import { DomainError } from '#lib/errors.ts';
import { listDifference, type ListDifference } from '#lib/instrument/list-difference.ts';
import { showable } from '#lib/instrument/list-draft.ts';
import type { ListDraft } from '#lib/instrument/list-draft.ts';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as draftQueries from './draft-queries.ts';
import * as queries from './queries.ts';

export type { Use } from './draft-queries.ts';

/** A version as it stands among the others: how large it is, and which rounds use it. */
export type ListedVersion = queries.InstrumentVersion & {
  competencies: number;
  aspects: number;
  /** For a trainer the rounds of the own cohorts, for an administrator all. */
  uses: draftQueries.Use[];
};

/** A version to look at. `instrument` is null for a draft that has nothing to show yet. */
export type ShownVersion = Omit<ListedVersion, 'competencies' | 'aspects'> & { instrument: Instrument | null };

/**
 * The lists there are, by key and oldest version first: drafts are shown to those who make them only.
 * @throws DomainError forbidden
 */
export async function overview(db: Db, actor: Actor): Promise<ListedVersion[]> {
  if (!may(actor, 'see_lists')) throw new DomainError('forbidden');
  const documents = new Map((await queries.listDocuments(db)).map(({ id, document }) => [id, document]));
  const uses = Map.groupBy(await usesFor(db, actor), ({ versionId }) => versionId);
  return (await queries.listVersions(db))
    .filter((version) => isVisible(actor, version))
    .map((version) => {
      const { competencies } = JSON.parse(documents.get(version.id) ?? '') as ListDraft;
      const aspects = competencies.flatMap(({ clusters }) => clusters.flatMap((cluster) => cluster.aspects)).length;
      return { ...version, competencies: competencies.length, aspects, uses: uses.get(version.id) ?? [] };
    });
}

/**
 * One version with what it asks, to look at and to preview.
 * @throws DomainError forbidden; not_found, also for a draft that one does not make oneself
 */
export async function get(db: Db, actor: Actor, id: string): Promise<ShownVersion> {
  if (!may(actor, 'see_lists')) throw new DomainError('forbidden');
  const version = await queries.findById(db, id);
  const stored = await queries.loadDocument(db, id);
  if (!version || !stored || !isVisible(actor, version)) throw new DomainError('not_found');
  const uses = (await usesFor(db, actor)).filter(({ versionId }) => versionId === id);
  const instrument =
    stored.status === 'draft'
      ? showable(JSON.parse(stored.document) as ListDraft)
      : (JSON.parse(stored.document) as Instrument); // checked before it was published
  return { ...version, uses, instrument };
}

/** What differs between a version and the one that it is compared with. */
export type Compared = ListDifference & { version: string };

/**
 * What stays comparable with the version that a version was made from; null where there is none, or nothing to compare.
 * @throws DomainError forbidden, not_found
 */
export async function comparedWithBase(db: Db, actor: Actor, id: string): Promise<Compared | null> {
  const { basedOn, instrument } = await get(db, actor, id);
  if (basedOn === null || instrument === null) return null;
  const before = await get(db, actor, basedOn);
  return before.instrument && { ...listDifference(before.instrument, instrument), version: before.version };
}

/**
 * What differs between each of these versions and the list that a cohort used before; where it used none, and the version
 * that each was made from. Null where it is that list, or there is nothing to compare with.
 * @throws DomainError forbidden, not_found
 */
export async function comparedWithUsed<V extends { id: string }>(
  db: Db,
  actor: Actor,
  versions: readonly V[],
  usedId: string | undefined,
): Promise<(V & { compared: Compared | null })[]> {
  const used = usedId === undefined ? null : await get(db, actor, usedId);
  const all: (V & { compared: Compared | null })[] = [];
  for (const version of versions) {
    if (used === null) {
      all.push({ ...version, compared: await comparedWithBase(db, actor, version.id) });
      continue;
    }
    const { instrument } = await get(db, actor, version.id);
    const before = version.id === usedId ? null : used.instrument;
    const differs = before && instrument && listDifference(before, instrument);
    all.push({ ...version, compared: differs && { ...differs, version: used.version } });
  }
  return all;
}

/** How many aspects a list has. */
export function countAspects({ competencies }: Instrument): number {
  return competencies.flatMap(aspectsOf).length;
}

function isVisible(actor: Actor, { status }: queries.InstrumentVersion): boolean {
  return status !== 'draft' || may(actor, 'manage_instruments');
}

async function usesFor(db: Db, actor: Actor): Promise<draftQueries.Use[]> {
  const uses = await draftQueries.listUses(db);
  return may(actor, 'manage_instruments') ? uses : uses.filter(({ cohortId }) => isOwn(actor, cohortId));
}

function isOwn(actor: Actor, cohortId: string): boolean {
  return may(actor, 'manage_cohort', { cohortId });
}
