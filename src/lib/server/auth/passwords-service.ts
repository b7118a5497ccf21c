import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { DomainError } from '#lib/errors.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as queries from './passwords-queries.ts';

/** Lengths of NIST SP 800-63B-4 and ASVS 5 §6.2, which ask for no mix of characters. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

/** Whether the account has a password. */
export async function has(db: Db, userId: string): Promise<boolean> {
  return (await queries.findHash(db, userId)) !== null;
}

/**
 * Whether this is the password of the account; never for an account without one, or for none at all. Both take as long as
 * for one that has (scrypt), so that the time tells nothing.
 */
export async function matches(db: Db, userId: string | null, password: string): Promise<boolean> {
  const hash = userId === null ? null : await queries.findHash(db, userId);
  if (hash !== null) return verifyPassword({ hash, password });
  await hashPassword(password);
  return false;
}

/**
 * What is kept of a new password; made outside a transaction, because it takes long on purpose (scrypt).
 * @throws DomainError password_weak when it is easily guessed
 */
export async function hashOf(account: { name: string; email: string }, password: string): Promise<string> {
  // Word lists of two megabytes, for what happens a few times a year.
  const { isEasilyGuessed } = await import('./password-rules.ts');
  if (isEasilyGuessed(password, account)) throw new DomainError('password_weak');
  return hashPassword(password);
}

/** Gives an account the password of this hash (`hashOf`). Who may do so has been asked before. */
export async function set(trx: Db, userId: string, hash: string): Promise<void> {
  await queries.saveHash(trx, newId(), userId, hash, nowIso());
  await audit.record(trx, { kind: 'user', userId }, 'password.set', { type: 'user', id: userId });
}
