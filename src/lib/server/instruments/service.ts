import { DomainError } from '#lib/errors.ts';
import type { ListDraft } from '#lib/instrument/list-draft.ts';
import { checkDraft, draftOf } from '#lib/instrument/list-draft.ts';
import { outlineOf } from '#lib/instrument/aspects.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import type { Outline } from '#lib/instrument/types.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as queries from './queries.ts';

export type { InstrumentVersion } from './queries.ts';

/** A list as the server uses it: its document, its outline and the database's keys of its parts. */
export type LoadedInstrument = {
  id: string;
  instrument: Instrument;
  outline: Outline;
  aspectIds: ReadonlyMap<string, number>;
  aspectCodes: ReadonlyMap<number, string>;
  competencyIds: ReadonlyMap<string, number>;
  competencyCodes: ReadonlyMap<number, string>;
};

// A published version never changes, so what was read once stays right. Per connection: tests open many databases.
const loaded = new WeakMap<Db, Map<string, LoadedInstrument>>();

/**
 * The version with this id, from memory when it was read before on this connection.
 * @throws DomainError not_found; instrument_not_published for a draft, which has no parts in the database yet
 */
export async function load(db: Db, id: string): Promise<LoadedInstrument> {
  const known = loaded.get(db)?.get(id);
  if (known) return known;
  const found = await queries.loadDocument(db, id);
  if (found === undefined) throw new DomainError('not_found');
  if (found.status === 'draft') throw new DomainError('instrument_not_published');
  const instrument = JSON.parse(found.document) as Instrument; // checked by the schema before it was published
  const aspects = await queries.aspectKeys(db, id);
  const competencies = await queries.competencyKeys(db, id);
  const entry: LoadedInstrument = {
    id,
    instrument,
    outline: outlineOf(instrument),
    aspectIds: new Map(aspects.map((aspect) => [aspect.code, aspect.id])),
    aspectCodes: new Map(aspects.map((aspect) => [aspect.id, aspect.code])),
    competencyIds: new Map(competencies.map((competency) => [competency.code, competency.id])),
    competencyCodes: new Map(competencies.map((competency) => [competency.id, competency.code])),
  };
  const cache = loaded.get(db) ?? new Map<string, LoadedInstrument>();
  loaded.set(db, cache.set(id, entry));
  return entry;
}

/** All versions of all lists, oldest first within a list. */
export function list(db: Db): Promise<queries.InstrumentVersion[]> {
  return queries.listVersions(db);
}

/**
 * The version with this key and version, or null when there is none.
 */
export async function find(db: Db, key: string, version: string): Promise<queries.InstrumentVersion | null> {
  return (await queries.findVersion(db, key, version)) ?? null;
}

/**
 * Stores a checked list as a draft. It is compared with the newest published version of its key, where there is one.
 * @returns its id
 * @throws DomainError forbidden; instrument_exists when this key and version are there already
 */
export async function importDraft(db: Db, actor: Actor, instrument: Instrument): Promise<string> {
  return addDraft(db, actor, draftOf(instrument, instrument), null, 'instrument.imported');
}

/**
 * Stores a draft as it is, complete or not.
 * @param basedOn the id of the version that it was made from; null for the newest published one of its key, if any
 * @returns its id
 * @throws DomainError forbidden, instrument_exists
 */
export async function addDraft(
  db: Db,
  actor: Actor,
  draft: ListDraft,
  basedOn: string | null,
  action: 'instrument.imported' | 'instrument.made',
): Promise<string> {
  if (!may(actor, 'manage_instruments')) throw new DomainError('forbidden');
  const all = await queries.listVersions(db);
  const ofKey = all.filter(({ key }) => key === draft.key);
  if (ofKey.some(({ version }) => version === draft.version)) throw new DomainError('instrument_exists');
  const id = newId();
  await queries.insertVersion(db, {
    id,
    key: draft.key,
    version: draft.version,
    title: draft.title.nl,
    document: JSON.stringify(draft),
    createdAt: nowIso(),
    basedOn: basedOn ?? ofKey.findLast(({ publishedAt }) => publishedAt !== null)?.id ?? null,
  });
  await audit.record(db, actor, action, { type: 'instrument', id });
  return id;
}

/**
 * Publishes a draft; from then on the version can be used and never changes.
 * @throws DomainError forbidden, not_found, instrument_not_draft; list_incomplete when something is wrong with it
 */
export async function publish(db: Db, actor: Actor, key: string, version: string): Promise<void> {
  if (!may(actor, 'manage_instruments')) throw new DomainError('forbidden');
  const found = await queries.findVersion(db, key, version);
  if (!found) throw new DomainError('not_found');
  await publishDraft(db, actor, found);
}

/** As `publish`, of a version that was found, by somebody who may. */
export async function publishDraft(db: Db, actor: Actor, found: queries.InstrumentVersion): Promise<void> {
  if (found.status !== 'draft') throw new DomainError('instrument_not_draft');
  const stored = await queries.loadDocument(db, found.id);
  const checked = checkDraft(JSON.parse(stored?.document ?? '') as ListDraft);
  if (!checked.ok) throw new DomainError('list_incomplete');
  const { instrument } = checked;
  // As it was checked: every text in both languages, nothing left to be filled in by whoever reads it.
  const whole = { version: found.version, title: instrument.title.nl, document: JSON.stringify(instrument) };
  if (!(await queries.updateDraft(db, found.id, found.revision, whole))) throw new DomainError('changed_meanwhile');
  await insertParts(db, found.id, instrument);
  await queries.markPublished(db, found.id, nowIso());
  await audit.record(db, actor, 'instrument.published', { type: 'instrument', id: found.id });
}

async function insertParts(db: Db, id: string, instrument: Instrument): Promise<void> {
  await queries.deleteParts(db, id); // of a draft that was imported before parts came with publishing
  let position = 0;
  for (const [index, competency] of instrument.competencies.entries()) {
    const competencyId = await queries.insertCompetency(db, id, competency.code, index);
    const aspects = competency.clusters.flatMap((cluster) => cluster.aspects);
    await queries.insertAspects(
      db,
      id,
      competencyId,
      aspects.map((aspect) => ({ code: aspect.code, position: position++ })),
    );
  }
}

/** Loads the list that ships with the product, once. */
export async function ensureShipped(db: Db, shipped: Instrument): Promise<void> {
  if (await queries.findVersion(db, shipped.key, shipped.version)) return;
  const operator: Actor = { kind: 'operator' };
  await importDraft(db, operator, shipped);
  await publish(db, operator, shipped.key, shipped.version);
}
