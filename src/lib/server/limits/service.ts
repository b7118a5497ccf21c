import type { Db } from '#lib/server/db/open.ts';
import { hashToken } from '#lib/server/ids.ts';
import * as queries from './queries.ts';

/** How often something may happen: `max` times within `seconds`, counted from the first. */
export type Limit = { max: number; seconds: number };

/**
 * Counts one attempt at something, by what must not happen too often: a session, a token, an address with what it did.
 * The key is kept as a hash, so that the table tells nothing (rules.md, Links and mail).
 * @returns whether it is within the limit
 */
export async function countAttempt(db: Db, key: string, { max, seconds }: Limit, now: Date): Promise<boolean> {
  const resetsAt = new Date(now.getTime() + seconds * 1000).toISOString();
  return (await queries.countAttempts(db, hashToken(key), 1, now.toISOString(), resetsAt)).count <= max;
}
