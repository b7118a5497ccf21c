import type { Db } from '#lib/server/db/open.ts';

/** What a partnership wants with a programme, with the aspects that stand for it. */
export type Ambition = {
  id: string;
  programmeId: string;
  position: number;
  title: string;
  /** The key of the list that the codes in `aspects` are of. */
  listKey: string;
  aspects: string[];
};

/** The ambitions of a programme, in the order that its people chose. */
export async function listAmbitions(db: Db, programmeId: string): Promise<Ambition[]> {
  const rows = await db
    .selectFrom('ambition')
    .select(['id', 'programme_id as programmeId', 'position', 'title', 'list_key as listKey', 'aspects'])
    .where('programme_id', '=', programmeId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, aspects: JSON.parse(row.aspects) as string[] })); // written by insertAmbitions
}

export async function insertAmbitions(db: Db, ambitions: readonly Ambition[]): Promise<void> {
  if (ambitions.length === 0) return;
  const rows = ambitions.map(({ id, programmeId, position, title, listKey, aspects }) => ({
    ...{ id, programme_id: programmeId, position, title, list_key: listKey, aspects: JSON.stringify(aspects) },
  }));
  await db.insertInto('ambition').values(rows).execute();
}

export async function updateAmbition(db: Db, { id, title, listKey, aspects }: Ambition): Promise<void> {
  await db
    .updateTable('ambition')
    .set({ title, list_key: listKey, aspects: JSON.stringify(aspects) })
    .where('id', '=', id)
    .execute();
}

export async function deleteAmbition(db: Db, id: string): Promise<void> {
  await db.deleteFrom('ambition').where('id', '=', id).execute();
}
