import { DomainError } from '#lib/errors.ts';
import { outlineOf, type Instrument } from '#lib/instrument/schema.ts';
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
 * @throws DomainError not_found
 */
export async function load(db: Db, id: string): Promise<LoadedInstrument> {
  const known = loaded.get(db)?.get(id);
  if (known) return known;
  const document = await queries.loadDocument(db, id);
  if (document === undefined) throw new DomainError('not_found');
  const instrument = JSON.parse(document) as Instrument; // checked by the schema before it was stored
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
 * Stores a checked list as a draft.
 * @returns its id
 * @throws DomainError forbidden; instrument_exists when this key and version are there already
 */
export async function importDraft(db: Db, actor: Actor, instrument: Instrument): Promise<string> {
  if (!may(actor, 'manage_instruments')) throw new DomainError('forbidden');
  if (await queries.findVersion(db, instrument.key, instrument.version)) throw new DomainError('instrument_exists');
  const id = newId();
  await queries.insertVersion(db, {
    id,
    key: instrument.key,
    version: instrument.version,
    title: instrument.title.nl,
    document: JSON.stringify(instrument),
    createdAt: nowIso(),
  });
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
  await audit.record(db, actor, 'instrument.imported', { type: 'instrument', id });
  return id;
}

/**
 * Publishes a draft; from then on the version can be used and never changes.
 * @throws DomainError forbidden, not_found, instrument_not_draft
 */
export async function publish(db: Db, actor: Actor, key: string, version: string): Promise<void> {
  if (!may(actor, 'manage_instruments')) throw new DomainError('forbidden');
  const found = await queries.findVersion(db, key, version);
  if (!found) throw new DomainError('not_found');
  if (found.status !== 'draft') throw new DomainError('instrument_not_draft');
  await queries.markPublished(db, found.id, nowIso());
  await audit.record(db, actor, 'instrument.published', { type: 'instrument', id: found.id });
}

/** Loads the list that ships with the product, once. */
export async function ensureShipped(db: Db, shipped: Instrument): Promise<void> {
  if (await queries.findVersion(db, shipped.key, shipped.version)) return;
  const operator: Actor = { kind: 'operator' };
  await importDraft(db, operator, shipped);
  await publish(db, operator, shipped.key, shipped.version);
}
