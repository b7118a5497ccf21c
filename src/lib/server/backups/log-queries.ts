import type { Db } from '#lib/server/db/open.ts';
import type { LogLine } from './log-service.ts';

/** When the newest line of the log was written (ISO 8601); undefined where there is none. */
export async function newestAt(db: Db): Promise<string | undefined> {
  const row = await db.selectFrom('audit_event').select('at').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row?.at;
}

/** The ids of the lines from an id on. */
export async function listIds(db: Db, since: string): Promise<string[]> {
  const rows = await db.selectFrom('audit_event').select('id').where('id', '>=', since).execute();
  return rows.map(({ id }) => id);
}

/** The lines from an id on, oldest first. */
export function listLines(db: Db, since: string): Promise<LogLine[]> {
  return db.selectFrom('audit_event').selectAll().where('id', '>=', since).orderBy('id').execute();
}
