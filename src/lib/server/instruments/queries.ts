import type { Db } from '#lib/server/db/open.ts';

export type InstrumentVersion = {
  id: string;
  key: string;
  version: string;
  title: string;
  status: 'draft' | 'published' | 'retired';
  publishedAt: string | null;
};

const columns = ['id', 'key', 'version', 'title', 'status', 'published_at as publishedAt'] as const;

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

export async function loadDocument(db: Db, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('instrument_version').select('document').where('id', '=', id).executeTakeFirst();
  return row?.document;
}

export async function insertVersion(
  db: Db,
  row: { id: string; key: string; version: string; title: string; document: string; createdAt: string },
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
