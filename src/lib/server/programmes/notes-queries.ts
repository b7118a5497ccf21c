import type { Db } from '#lib/server/db/open.ts';

export type NoteKind = 'decision' | 'comment';

/** A note of a steering group; `authorId` and `author` are null where that account is gone. */
export type Note = {
  id: string;
  kind: NoteKind;
  text: string;
  version: number;
  createdAt: string;
  changedAt: string;
  authorId: string | null;
  author: string | null;
};

function notes(db: Db) {
  return db
    .selectFrom('programme_note')
    .leftJoin('user', 'user.id', 'programme_note.author_user_id')
    .select([
      ...(['programme_note.id', 'programme_note.kind', 'programme_note.text', 'programme_note.version'] as const),
      'programme_note.created_at as createdAt',
      'programme_note.changed_at as changedAt',
      'programme_note.author_user_id as authorId',
      'user.name as author',
    ]);
}

/** The notes on a programme, newest first. */
export function listNotes(db: Db, programmeId: string): Promise<Note[]> {
  return notes(db)
    .where('programme_note.programme_id', '=', programmeId)
    .orderBy('programme_note.created_at', 'desc')
    .orderBy('programme_note.id', 'desc')
    .execute();
}

export function findNote(db: Db, programmeId: string, id: string): Promise<Note | undefined> {
  return notes(db)
    .where('programme_note.programme_id', '=', programmeId)
    .where('programme_note.id', '=', id)
    .executeTakeFirst();
}

type NewNote = { id: string; programmeId: string; authorId: string; kind: NoteKind; text: string; at: string };

export async function insertNote(db: Db, { id, programmeId, authorId, kind, text, at }: NewNote): Promise<void> {
  await db
    .insertInto('programme_note')
    .values({
      ...{ id, kind, text, programme_id: programmeId, author_user_id: authorId },
      ...{ version: 1, created_at: at, changed_at: at },
    })
    .execute();
}

/** Changes a note that is still in the version that was seen. @returns whether it was */
export async function updateNote(
  db: Db,
  id: string,
  { version, kind, text, at }: { version: number; kind: NoteKind; text: string; at: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('programme_note')
    .set((eb) => ({ kind, text, version: eb('version', '+', 1), changed_at: at }))
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Deletes a note that is still in the version that was seen. @returns whether it was */
export async function deleteNote(db: Db, id: string, version: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('programme_note')
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
