import { inChunks } from '#lib/server/db/in-chunks.ts';
import type { Db } from '#lib/server/db/open.ts';

/** Names the aspects of a pulse, in place of those that it had. */
export async function putAspects(db: Db, roundId: string, aspectIds: readonly number[]): Promise<void> {
  await db.deleteFrom('round_aspect').where('round_id', '=', roundId).execute();
  const rows = aspectIds.map((aspect_id) => ({ round_id: roundId, aspect_id }));
  await inChunks(rows, (some) => db.insertInto('round_aspect').values(some).execute());
}
