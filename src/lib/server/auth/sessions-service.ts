import type { Db } from '#lib/server/db/open.ts';
import * as queries from './sessions-queries.ts';

/** Ends every session of an account, on every device. */
export async function endAll(trx: Db, userId: string): Promise<void> {
  await queries.deleteSessionsOf(trx, userId);
}
