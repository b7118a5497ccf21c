import { DomainError } from '#lib/errors.ts';
import * as edits from '#lib/instrument/edit-draft.ts';
import type { Edited, RemovedPart } from '#lib/instrument/edit-draft.ts';
import { draftOf, emptyDraft } from '#lib/instrument/list-draft.ts';
import type { ListDraft, PartRef, TextDraft } from '#lib/instrument/list-draft.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as draftQueries from './draft-queries.ts';
import * as queries from './queries.ts';
import { addDraft, importDraft, load, publishDraft } from './service.ts';

/** A version as its administrator has it open: what it says, and what was taken out of it. */
export type OpenList = queries.InstrumentVersion & {
  draft: ListDraft;
  removed: { id: string; part: RemovedPart }[];
};

/** What a list is called. */
export type ListName = { key: string; version: string; title: TextDraft };

/**
 * A version of a list, whatever its state, for whoever manages lists.
 * @throws DomainError forbidden, not_found
 */
export async function open(db: Db, actor: Actor, id: string): Promise<OpenList> {
  if (!may(actor, 'manage_instruments')) throw new DomainError('forbidden');
  const version = await queries.findById(db, id);
  const stored = await queries.loadDocument(db, id);
  if (!version || !stored) throw new DomainError('not_found');
  return {
    ...version,
    draft: JSON.parse(stored.document) as ListDraft, // made by these services
    removed: (await draftQueries.listRemoved(db, id)).map((row) => ({
      id: row.id,
      part: JSON.parse(row.part) as RemovedPart,
    })),
  };
}

/**
 * Makes a draft: empty, or with the content of a version that was published.
 * @param from the id of that version; null for an empty list
 * @returns the draft's id
 * @throws DomainError forbidden, not_found (no such version), instrument_exists, instrument_not_published
 */
export function make(db: Db, actor: Actor, named: ListName, from: string | null): Promise<string> {
  return inTransaction(db, async (trx) => {
    if (!may(actor, 'manage_instruments')) throw new DomainError('forbidden');
    const draft = from === null ? emptyDraft(named) : draftOf((await load(trx, from)).instrument, named);
    return addDraft(trx, actor, draft, from, 'instrument.made');
  });
}

/** As `importDraft` of the service, by itself. */
export function addImported(db: Db, actor: Actor, instrument: Instrument): Promise<string> {
  return inTransaction(db, (trx) => importDraft(trx, actor, instrument));
}

/**
 * Changes a draft.
 * @param revision of the draft that the change was made from
 * @param what the code of the part that it is about, for the log; none for the list as a whole
 * @throws DomainError forbidden, not_found, instrument_not_draft, changed_meanwhile, part_gone, part_code_taken,
 *   instrument_exists when its version is now that of another
 */
export function change(
  db: Db,
  actor: Actor,
  id: string,
  revision: number,
  edit: (draft: ListDraft) => Edited,
  what?: string,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const list = await openDraft(trx, actor, id, revision);
    await store(trx, actor, list, assertDone(edit(list.draft)), what);
  });
}

/**
 * Takes a part out of a draft, with all that is in it; it can be put back until the draft is published.
 * @throws DomainError as `change`
 */
export function removePart(db: Db, actor: Actor, id: string, revision: number, ref: PartRef): Promise<void> {
  return inTransaction(db, async (trx) => {
    const list = await openDraft(trx, actor, id, revision);
    const without = edits.removePart(list.draft, ref);
    if (!without) throw new DomainError('part_gone');
    const part = JSON.stringify(without.removed);
    await draftQueries.insertRemoved(trx, { id: newId(), versionId: id, part, removedAt: nowIso() });
    await store(trx, actor, list, without.draft, ref.id);
  });
}

/**
 * Puts a part back where it stood.
 * @throws DomainError as `change`; part_gone too when what it was in is gone
 */
export function putBack(db: Db, actor: Actor, id: string, revision: number, removedId: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    const list = await openDraft(trx, actor, id, revision);
    const removed = list.removed.find((each) => each.id === removedId);
    if (!removed) throw new DomainError('part_gone');
    const draft = assertDone(edits.putBack(list.draft, removed.part));
    await draftQueries.deleteRemoved(trx, removedId);
    await store(trx, actor, list, draft);
  });
}

/**
 * Publishes a draft as it was looked at.
 * @throws DomainError forbidden, not_found, instrument_not_draft, changed_meanwhile, list_incomplete
 */
export function publish(db: Db, actor: Actor, id: string, revision: number): Promise<void> {
  return inTransaction(db, async (trx) => {
    await publishDraft(trx, actor, await openDraft(trx, actor, id, revision));
    await draftQueries.deleteAllRemoved(trx, id);
  });
}

/**
 * No new round is planned with this version any more; rounds that have it go on. Again is harmless.
 * @throws DomainError forbidden, not_found, instrument_not_published
 */
export function retire(db: Db, actor: Actor, id: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    const list = await open(trx, actor, id);
    if (list.status === 'draft') throw new DomainError('instrument_not_published');
    if (list.status === 'retired') return;
    await queries.setRetired(trx, id, true);
    await audit.record(trx, actor, 'instrument.retired', { type: 'instrument', id });
  });
}

/**
 * Takes a retirement back. Again is harmless.
 * @throws DomainError forbidden, not_found, instrument_not_retired
 */
export function endRetirement(db: Db, actor: Actor, id: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    const list = await open(trx, actor, id);
    if (list.status === 'draft') throw new DomainError('instrument_not_retired');
    if (list.status === 'published') return;
    await queries.setRetired(trx, id, false);
    await audit.record(trx, actor, 'instrument.retirement_ended', { type: 'instrument', id });
  });
}

/**
 * Removes a draft for good; wordings that were taken over into it are open again. What was published stays: answers may be
 * about it.
 * @throws DomainError forbidden, not_found, instrument_not_draft, changed_meanwhile
 */
export function remove(db: Db, actor: Actor, id: string, revision: number): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { key, version } = await openDraft(trx, actor, id, revision);
    await draftQueries.reopenProposals(trx, id);
    await queries.deleteDraft(trx, id);
    await audit.record(trx, actor, 'instrument.removed', { type: 'instrument', id }, { list: `${key}@${version}` });
  });
}

async function openDraft(trx: Db, actor: Actor, id: string, revision: number): Promise<OpenList> {
  const list = await open(trx, actor, id);
  if (list.status !== 'draft') throw new DomainError('instrument_not_draft');
  if (list.revision !== revision) throw new DomainError('changed_meanwhile');
  return list;
}

function assertDone(edited: Edited): ListDraft {
  if (edited.ok) return edited.draft;
  throw new DomainError(edited.because === 'gone' ? 'part_gone' : 'part_code_taken');
}

async function store(trx: Db, actor: Actor, list: OpenList, draft: ListDraft, what?: string): Promise<void> {
  const { id, revision } = list;
  const sameName = await queries.findVersion(trx, list.key, draft.version);
  if (sameName && sameName.id !== id) throw new DomainError('instrument_exists');
  const row = { version: draft.version, title: draft.title.nl, document: JSON.stringify(draft) };
  if (!(await queries.updateDraft(trx, id, revision, row))) throw new DomainError('changed_meanwhile');
  const detail: Record<string, string> = what === undefined ? {} : { part: what };
  await audit.record(trx, actor, 'instrument.changed', { type: 'instrument', id }, detail);
}
