import type { Db } from '#lib/server/db/open.ts';

/** The cheapest question that needs the file, its schema and its pages. */
export async function ping(db: Db): Promise<void> {
  await db.selectFrom('instrument_version').select('id').limit(1).execute();
}
