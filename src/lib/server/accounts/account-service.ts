import { DomainError } from '#lib/errors.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as passwords from '#lib/server/auth/passwords-service.ts';
import * as secondFactor from '#lib/server/auth/second-factor-service.ts';
import * as sessions from '#lib/server/auth/sessions-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { heldRoles, type HeldRole } from './held-roles-service.ts';
import * as notices from './notices-service.ts';
import * as queries from './queries.ts';
import { isFresh, type Session } from './sign-in-service.ts';

/** What somebody may see and change of the own account. */

export type { HeldRole };

/** How an account is guarded; null for who is asked for no second factor, and may set no password. */
type Guard = { hasPassword: boolean; recoveryCodesLeft: number };

export type Account = {
  name: string;
  email: string;
  roles: HeldRole[];
  language: 'nl' | 'en';
  guard: Guard | null;
  sessions: { id: string; createdAt: Date; usedAt: Date; userAgent: string | null; isThis: boolean }[];
};

/** The own account, as its page shows it. */
export async function get(
  db: Db,
  settings: { secret: string },
  actor: UserActor,
  session: Session,
  now: Date,
): Promise<Account> {
  const open = await sessions.list(db, actor.userId, session.standing, now);
  return {
    name: session.name,
    email: session.email,
    roles: await heldRoles(db, actor.userId, actor.personId),
    language: (await queries.findLanguage(db, actor.userId)) ?? 'nl',
    guard: session.standing === 'staff' ? await guardOf(db, settings, actor.userId) : null,
    sessions: open.map((each) => ({ ...each, isThis: each.id === session.id })),
  };
}

async function guardOf(db: Db, settings: { secret: string }, userId: string): Promise<Guard> {
  return {
    hasPassword: await passwords.has(db, userId),
    recoveryCodesLeft: (await secondFactor.recoveryCodesLeft(db, settings, userId)) ?? 0,
  };
}

/** The language in which all mail comes: to this account, and to the person in a team whose account it is. */
export async function setLanguage(db: Db, session: Session, language: 'nl' | 'en'): Promise<void> {
  await db.transaction().execute((trx) => queries.updateLanguage(trx, session.userId, language));
}

/**
 * Ends one of the own sessions.
 * @throws DomainError not_found for a session that is not there, or somebody else's
 */
export async function endSession(db: Db, { userId }: Session, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!(await sessions.end(trx, userId, id))) throw new DomainError('not_found');
    await audit.record(trx, { kind: 'user', userId }, 'session.ended', { type: 'user', id: userId });
  });
}

/** Ends all of the own sessions, this one too. */
export async function endAllSessions(db: Db, { userId }: Session): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sessions.endAll(trx, userId);
    await audit.record(trx, { kind: 'user', userId }, 'session.all_ended', { type: 'user', id: userId });
  });
}

/**
 * Gives the own account a password, or another one; on other devices one is signed out, and a mail says so.
 * @throws DomainError forbidden unless the session has just given its second factor; password_weak
 */
export async function setPassword(db: Db, session: Session, password: string, now: Date): Promise<void> {
  if (!isFresh(session, now)) throw new DomainError('forbidden');
  const hash = await passwords.hashOf(session, password);
  await db.transaction().execute(async (trx) => {
    await passwords.set(trx, session.userId, hash);
    await sessions.endBeside(trx, session.userId, session.id);
    await notices.tellChange(trx, { kind: 'user', userId: session.userId }, session.userId, 'password');
  });
}

/**
 * Ten new recovery codes for the own account, to be shown once; all that were are worth nothing then.
 * @throws DomainError forbidden unless the session has just given its second factor
 */
export async function renewRecoveryCodes(
  db: Db,
  settings: { secret: string },
  session: Session,
  now: Date,
): Promise<string[]> {
  if (!isFresh(session, now)) throw new DomainError('forbidden');
  return secondFactor.renewCodes(db, settings, session.userId);
}
