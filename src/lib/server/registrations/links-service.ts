import type { Db } from '#lib/server/db/open.ts';
import { hashToken, registrationToken } from '#lib/server/ids.ts';
import * as entries from './entry-queries.ts';
import type { RegistrationMail } from './mails.ts';
import * as queries from './queries.ts';

export { isKind } from './mails.ts';
export type { RegistrationMail } from './mails.ts';

/** What a mail about a registration is written from. */
export type Told = { entry: entries.Entry; registration: queries.Registration };

/** A registration as it is now, for a mail that is about to go; null where nothing is kept of it any more. */
export async function findTold(db: Db, entryId: string): Promise<Told | null> {
  const entry = await entries.find(db, entryId);
  const registration = entry && (await queries.find(db, entry.cohortId));
  return entry && registration ? { entry, registration } : null;
}

/** Whether what a mail was to say still holds, to whoever has this address. */
export function stillHolds({ entry }: Told, kind: RegistrationMail, address: string): boolean {
  if (kind === 'withdrawn') return entry.withdrawnAt !== null;
  if (entry.withdrawnAt !== null) return false;
  const isTheirs = [entry.ib?.email, entry.director?.email].includes(address);
  if (kind === 'moved') return !isTheirs;
  if (!isTheirs) return false;
  return kind === 'placed' ? entry.placedAt !== null : kind !== 'waiting' || entry.placedAt === null;
}

/** The own link of a school, made with the present SECRET: where that was changed since, from now on this one works. */
export async function linkOf(
  db: Db,
  { secret, publicUrl }: { secret: string; publicUrl: string },
  { id, generation }: entries.Entry,
): Promise<string> {
  const token = registrationToken(secret, id, generation);
  await entries.setTokenHash(db, id, { generation, tokenHash: hashToken(token) });
  return `${publicUrl}/r/${token}`;
}
