import type { Db } from '#lib/server/db/open.ts';
import { hashToken, usefulnessToken } from '#lib/server/ids.ts';
import * as queries from './queries.ts';

/** A link for a mail or to hand over, made with the present SECRET: where that was changed since, from now on this one works. */
export async function linkOf(
  db: Db,
  { secret, publicUrl }: { secret: string; publicUrl: string },
  linkId: string,
): Promise<string> {
  const token = usefulnessToken(secret, linkId);
  await queries.setTokenHash(db, linkId, hashToken(token));
  return `${publicUrl}/u/${token}`;
}

/** What a link asks now; null where it asks nothing any more. */
export async function findAsked(db: Db, linkId: string, now: Date): Promise<queries.AskedRow | null> {
  const asked = await queries.findAsked(db, linkId);
  return asked && isOpen(asked, now) ? asked : null;
}

/** Whether answers are taken at a moment. */
export function isOpen({ closesAt, closedAt }: { closesAt: string; closedAt: string | null }, now: Date): boolean {
  return closedAt === null && closesAt > now.toISOString();
}
