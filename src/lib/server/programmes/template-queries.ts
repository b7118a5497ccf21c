import type { Db } from '#lib/server/db/open.ts';

/** A version of a template, as lists name it; `title` is the Dutch one. */
export type TemplateVersion = {
  id: string;
  key: string;
  version: string;
  title: string;
  status: 'draft' | 'published' | 'retired';
  /** Counts the changes of a draft. */
  revision: number;
  createdAt: string;
};

const columns = [
  ...(['id', 'key', 'version', 'title', 'status', 'revision'] as const),
  'created_at as createdAt',
] as const;

/** All versions of all templates, by key, oldest first within one. */
export function listTemplates(db: Db): Promise<TemplateVersion[]> {
  return db
    .selectFrom('programme_template')
    .select(columns)
    .orderBy('key')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export function findVersion(db: Db, key: string, version: string): Promise<TemplateVersion | undefined> {
  return db
    .selectFrom('programme_template')
    .select(columns)
    .where('key', '=', key)
    .where('version', '=', version)
    .executeTakeFirst();
}

/** A version with its document (JSON, `templateSchema`); undefined when there is none of this id. */
export function findTemplate(db: Db, id: string): Promise<(TemplateVersion & { document: string }) | undefined> {
  return db
    .selectFrom('programme_template')
    .select([...columns, 'document'])
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertTemplate(
  db: Db,
  row: Omit<TemplateVersion, 'revision'> & { document: string; createdBy: string | null },
): Promise<void> {
  const { createdAt, createdBy, ...columnsAlike } = row;
  await db
    .insertInto('programme_template')
    .values({ ...columnsAlike, created_at: createdAt, created_by: createdBy })
    .execute();
}

/** How many cohorts have been made from each version, by its id; a version that nobody used has no row. */
export function countUses(db: Db): Promise<{ id: string; cohorts: number }[]> {
  return db
    .selectFrom('cohort')
    .select((eb) => [eb.ref('template_id').$notNull().as('id'), eb.fn.countAll<number>().as('cohorts')])
    .where('template_id', 'is not', null)
    .groupBy('template_id')
    .execute();
}

/** Stores a draft as it is now. False when it was changed since this revision: then nothing happened. */
export async function updateDraft(
  db: Db,
  id: string,
  revision: number,
  row: { title: string; document: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('programme_template')
    .set({ ...row, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

export async function setStatus(db: Db, id: string, status: TemplateVersion['status']): Promise<void> {
  await db.updateTable('programme_template').set({ status }).where('id', '=', id).execute();
}
