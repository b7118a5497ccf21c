import type { Db } from '#lib/server/db/open.ts';
import { signInToken, signInWith, type Auth, type Begun } from './auth.ts';
import { isOver, type Standing } from './session-limits.ts';
import * as queries from './sessions-queries.ts';

/** Whose session a request comes with, before anybody has asked what it may do. */
export type Found = {
  id: string;
  userId: string;
  name: string;
  email: string;
  createdAt: Date;
  usedAt: Date;
  secondFactorAt: string | null;
};

/** "Last used" is written once a minute at most: reading a page is no reason to write. */
const TOUCH_AFTER = 60_000;

/** The session of a request, whatever its age; null when its cookie is none of ours, or it has ended. */
export async function find(auth: Auth, headers: Headers): Promise<Found | null> {
  const found = await auth.api.getSession({ headers });
  if (!found) return null;
  const { session, user } = found;
  return {
    id: session.id,
    userId: user.id,
    name: user.name,
    email: user.email,
    createdAt: new Date(session.createdAt),
    usedAt: new Date(session.updatedAt),
    secondFactorAt: session.secondFactorAt ?? null,
  };
}

/**
 * Whether a session may still be used; one that is over is ended here, and one that is used is kept alive.
 */
export async function keepAlive(db: Db, session: Found, standing: Standing, now: Date, isUse = true): Promise<boolean> {
  if (isOver(standing, session, now)) {
    await queries.deleteSession(db, session.userId, session.id);
    return false;
  }
  if (isUse && now.getTime() - session.usedAt.getTime() >= TOUCH_AFTER)
    await queries.touch(db, session.id, now.toISOString());
  return true;
}

/**
 * Begins a session of this account in place of the one that the browser had: a new token at every step up, so that one
 * that somebody saw before is worth nothing after it.
 */
export async function begin(
  db: Db,
  auth: Auth,
  account: { email: string },
  given: { headers: Headers; before: { userId: string; id: string } | null },
): Promise<Begun> {
  const begun = await signInWith(auth, await signInToken(auth, account.email), given.headers);
  if (!begun) throw new Error('a link that was just made does not work');
  if (given.before) await queries.deleteSession(db, given.before.userId, given.before.id);
  return begun;
}

/**
 * Lets a session go on under a new token, after its second factor was given once more (ASVS 5 §7.2.4); it lasts no longer
 * for that.
 */
export async function renew(
  db: Db,
  auth: Auth,
  account: { email: string },
  given: { headers: Headers; before: { userId: string; id: string } },
): Promise<Begun> {
  const createdAt = await queries.findCreatedAt(db, given.before.id);
  const begun = await begin(db, auth, account, given);
  if (createdAt !== undefined) await queries.setCreatedAt(db, begun.id, createdAt);
  return begun;
}

/** Writes down that a session gave its second factor. */
export async function completed(db: Db, id: string, now: Date): Promise<void> {
  await queries.markSecondFactor(db, id, now.toISOString());
  await queries.deleteExpired(db, now.toISOString());
}

/** Where somebody is signed in, last used first; what is over is not in it. */
export async function list(
  db: Db,
  userId: string,
  standing: Standing,
  now: Date,
): Promise<{ id: string; createdAt: Date; usedAt: Date; userAgent: string | null }[]> {
  const rows = await queries.listSessions(db, userId);
  return rows
    .filter((row) => !isOver(standing === 'staff' && row.secondFactorAt === null ? 'half' : standing, row, now))
    .map(({ id, createdAt, usedAt, userAgent }) => ({ id, createdAt, usedAt, userAgent }));
}

/** Ends one session of an account. @returns whether there was one */
export function end(db: Db, userId: string, id: string): Promise<boolean> {
  return queries.deleteSession(db, userId, id);
}

/** Ends every session of an account but this one. */
export async function endBeside(db: Db, userId: string, kept: string): Promise<void> {
  await queries.deleteSessionsBeside(db, userId, kept);
}

/** Ends every session of an account, on every device. */
export async function endAll(trx: Db, userId: string): Promise<void> {
  await queries.deleteSessionsOf(trx, userId);
}
