import type { Db } from '#lib/server/db/open.ts';
import * as queries from './queries.ts';

/** Whether the database answers. */
export async function answers(db: Db): Promise<boolean> {
  try {
    await queries.ping(db);
    return true;
  } catch {
    return false;
  }
}
