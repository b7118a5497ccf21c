import { DomainError } from '#lib/errors.ts';
import { may, type Actor, type UserActor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as programmes from '#lib/server/cohorts/programme-service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as queries from './notes-queries.ts';

export type { Note, NoteKind } from './notes-queries.ts';

/** What is decided or remarked, in at most so many characters. */
export const NOTE_LENGTH = 2000;

export type GivenNote = { kind: queries.NoteKind; text: string };

/**
 * What the steering group decided and remarked, newest first, for everybody who may read the programme's page.
 * @throws DomainError not_found, forbidden
 */
export async function list(db: Db, actor: Actor, programmeId: string): Promise<queries.Note[]> {
  await programmes.get(db, actor, programmeId);
  return queries.listNotes(db, programmeId);
}

/**
 * Adds a note, for the steering group.
 * @throws DomainError not_found, forbidden, comment_too_long
 */
export function add(db: Db, actor: UserActor, programmeId: string, note: GivenNote): Promise<string> {
  return inTransaction(db, async (trx) => {
    await assertMayNote(trx, actor, programmeId);
    assertLength(note);
    const id = newId();
    await queries.insertNote(trx, { ...note, id, programmeId, authorId: actor.userId, at: nowIso() });
    await audit.record(trx, actor, 'programme.note_added', { type: 'programme', id: programmeId });
    return id;
  });
}

/**
 * One's own note, to change or remove it; nobody changes what another wrote.
 * @throws DomainError not_found, also for somebody else's; forbidden
 */
export async function own(db: Db, actor: UserActor, programmeId: string, id: string): Promise<queries.Note> {
  await assertMayNote(db, actor, programmeId);
  const note = await queries.findNote(db, programmeId, id);
  if (note?.authorId !== actor.userId) throw new DomainError('not_found');
  return note;
}

/**
 * Changes one's own note.
 * @param version of the note that was seen
 * @throws DomainError as `own`; comment_too_long; changed_meanwhile, in another window
 */
export function change(
  db: Db,
  actor: UserActor,
  programmeId: string,
  seen: { id: string; version: number },
  note: GivenNote,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { id } = await own(trx, actor, programmeId, seen.id);
    assertLength(note);
    if (!(await queries.updateNote(trx, id, { ...note, version: seen.version, at: nowIso() }))) {
      throw new DomainError('changed_meanwhile');
    }
    await audit.record(trx, actor, 'programme.note_changed', { type: 'programme', id: programmeId });
  });
}

/** Removes one's own note. @throws DomainError as `own`; changed_meanwhile */
export function remove(
  db: Db,
  actor: UserActor,
  programmeId: string,
  seen: { id: string; version: number },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { id } = await own(trx, actor, programmeId, seen.id);
    if (!(await queries.deleteNote(trx, id, seen.version))) throw new DomainError('changed_meanwhile');
    await audit.record(trx, actor, 'programme.note_removed', { type: 'programme', id: programmeId });
  });
}

async function assertMayNote(db: Db, actor: UserActor, programmeId: string): Promise<void> {
  await programmes.get(db, actor, programmeId);
  if (!may(actor, 'note_programme', { programmeId })) throw new DomainError('forbidden');
}

function assertLength({ text }: GivenNote): void {
  if (text.length > NOTE_LENGTH) throw new DomainError('comment_too_long');
}
