import type { Db } from '#lib/server/db/open.ts';

export type InstrumentVersion = {
  id: string;
  key: string;
  version: string;
  title: string;
  status: 'draft' | 'published' | 'retired';
  publishedAt: string | null;
  /** Counts the changes of a draft. */
  revision: number;
  /** The version that it was made from and is compared with; null for a list of its own. */
  basedOn: string | null;
};

const columns = [
  ...(['id', 'key', 'version', 'title', 'status', 'revision'] as const),
  ...(['published_at as publishedAt', 'based_on as basedOn'] as const),
] as const;

export function listVersions(db: Db): Promise<InstrumentVersion[]> {
  return db.selectFrom('instrument_version').select(columns).orderBy('key').orderBy('created_at').execute();
}

export function findVersion(db: Db, key: string, version: string): Promise<InstrumentVersion | undefined> {
  return db
    .selectFrom('instrument_version')
    .select(columns)
    .where('key', '=', key)
    .where('version', '=', version)
    .executeTakeFirst();
}

export function findById(db: Db, id: string): Promise<InstrumentVersion | undefined> {
  return db.selectFrom('instrument_version').select(columns).where('id', '=', id).executeTakeFirst();
}

/** The document of a version and what it is as yet; undefined when there is none of this id. */
export function loadDocument(
  db: Db,
  id: string,
): Promise<{ document: string; status: InstrumentVersion['status'] } | undefined> {
  return db.selectFrom('instrument_version').select(['document', 'status']).where('id', '=', id).executeTakeFirst();
}

/** The documents of all versions, by id. */
export async function listDocuments(db: Db): Promise<{ id: string; document: string }[]> {
  return db.selectFrom('instrument_version').select(['id', 'document']).execute();
}

export async function insertVersion(
  db: Db,
  row: Pick<InstrumentVersion, 'id' | 'key' | 'version' | 'title' | 'basedOn'> & {
    document: string;
    createdAt: string;
  },
): Promise<void> {
  await db
    .insertInto('instrument_version')
    .values({
      id: row.id,
      key: row.key,
      version: row.version,
      title: row.title,
      status: 'draft',
      document: row.document,
      created_at: row.createdAt,
      published_at: null,
      based_on: row.basedOn,
    })
    .execute();
}

export async function markPublished(db: Db, id: string, at: string): Promise<void> {
  await db
    .updateTable('instrument_version')
    .set({ status: 'published', published_at: at })
    .where('id', '=', id)
    .execute();
}

/** Writes a draft that was changed from `revision`. @returns false when somebody else changed it, or it is no draft */
export async function updateDraft(
  db: Db,
  id: string,
  revision: number,
  draft: Pick<InstrumentVersion, 'version' | 'title'> & { document: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('instrument_version')
    .set({ ...draft, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .where('status', '=', 'draft')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function setRetired(db: Db, id: string, isRetired: boolean): Promise<void> {
  await db
    .updateTable('instrument_version')
    .set({ status: isRetired ? 'retired' : 'published' })
    .where('id', '=', id)
    .execute();
}

/** Removes a draft with its parts. */
export async function deleteDraft(db: Db, id: string): Promise<void> {
  await db.deleteFrom('instrument_version').where('id', '=', id).where('status', '=', 'draft').execute();
}

/** Removes the rows of a version's parts, which nothing refers to before it is published. */
export async function deleteParts(db: Db, versionId: string): Promise<void> {
  await db.deleteFrom('competency').where('instrument_version_id', '=', versionId).execute();
}

/** @returns the new competency's key in the database */
export async function insertCompetency(db: Db, versionId: string, code: string, position: number): Promise<number> {
  const row = await db
    .insertInto('competency')
    .values({ instrument_version_id: versionId, code, position })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function insertAspects(
  db: Db,
  versionId: string,
  competencyId: number,
  codes: readonly { code: string; position: number }[],
): Promise<void> {
  await db
    .insertInto('aspect')
    .values(codes.map((aspect) => ({ ...aspect, instrument_version_id: versionId, competency_id: competencyId })))
    .execute();
}

type KeyRow = { id: number; code: string };

export function aspectKeys(db: Db, versionId: string): Promise<KeyRow[]> {
  return db
    .selectFrom('aspect')
    .select(['id', 'code'])
    .where('instrument_version_id', '=', versionId)
    .orderBy('position')
    .execute();
}

export function competencyKeys(db: Db, versionId: string): Promise<KeyRow[]> {
  return db
    .selectFrom('competency')
    .select(['id', 'code'])
    .where('instrument_version_id', '=', versionId)
    .orderBy('position')
    .execute();
}
