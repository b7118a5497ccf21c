import type { Swap } from '#lib/conversation/next-session.ts';
import type { Db } from '#lib/server/db/open.ts';

/** What trainers changed of the session that a round proposes. */

export function listSwaps(db: Db, roundId: string): Promise<Swap[]> {
  return db.selectFrom('next_session_swap').select(['proposed', 'aspect']).where('round_id', '=', roundId).execute();
}

/** Puts an aspect in the place of a proposed one, whatever stood there. */
export async function putSwap(db: Db, roundId: string, { proposed, aspect }: Swap, at: string): Promise<void> {
  await db
    .insertInto('next_session_swap')
    .values({ round_id: roundId, proposed, aspect, made_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['round_id', 'proposed'])
        .doUpdateSet((eb) => ({ aspect: eb.ref('excluded.aspect'), made_at: eb.ref('excluded.made_at') })),
    )
    .execute();
}

/** Forgets swaps that bring one of these aspects in, wherever they put it. */
export async function deleteSwapsTo(db: Db, roundId: string, aspects: readonly string[]): Promise<void> {
  await db.deleteFrom('next_session_swap').where('round_id', '=', roundId).where('aspect', 'in', aspects).execute();
}

/** The note on an aspect, or on the session as a whole where `aspect` is empty. */
export type Note = { aspect: string; text: string; version: number };

export function listNotes(db: Db, roundId: string): Promise<Note[]> {
  return db
    .selectFrom('next_session_note')
    .select(['aspect', 'text', 'version'])
    .where('round_id', '=', roundId)
    .execute();
}

/**
 * Stores a note that is still in the version that was seen; 0 is a note that was never written.
 * @returns whether it was
 */
export async function putNote(db: Db, roundId: string, { aspect, text, version }: Note): Promise<boolean> {
  if (version === 0) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('next_session_note')
      .values({ round_id: roundId, aspect, text, version: 1 })
      .onConflict((conflict) => conflict.columns(['round_id', 'aspect']).doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await db
    .updateTable('next_session_note')
    .set((eb) => ({ text, version: eb('version', '+', 1) }))
    .where('round_id', '=', roundId)
    .where('aspect', '=', aspect)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
