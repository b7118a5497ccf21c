import type { Db } from '#lib/server/db/open.ts';
import * as queries from './second-factor-queries.ts';

/** Forgets the second factor of an account, with its recovery codes: the next sign-in sets up a new one. */
export async function remove(trx: Db, userId: string): Promise<void> {
  await queries.deleteFactors(trx, userId);
  await queries.setEnabled(trx, userId, false);
}
