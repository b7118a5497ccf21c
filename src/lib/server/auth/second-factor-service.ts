import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { DomainError } from '#lib/errors.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import * as limits from '#lib/server/limits/guesses-service.ts';
import * as recovery from './recovery-codes.ts';
import * as queries from './second-factor-queries.ts';
import * as totp from './totp.ts';

/**
 * The second factor of an account: an app that shows codes, and ten recovery codes. On the tables, the encryption and the
 * codes of better-auth; not on its endpoints, which ask for a factor after a password only (docs/decisions.md).
 */

type Settings = { secret: string };
type Account = { id: string; email: string };

/** What an app needs to know: the address for a QR code, and the secret to type. */
export type Setup = { uri: string; secret: string };

/** How many recovery codes are left; null while no second factor is in use, or none that this SECRET can read. */
export async function recoveryCodesLeft(db: Db, settings: Settings, userId: string): Promise<number | null> {
  const factor = await inUse(db, settings, userId);
  return factor && recovery.countLeft(factor.codes);
}

/** Makes a secret that waits until an app has shown a code of it. A factor that is in use stays so until then. */
export async function begin(db: Db, settings: Settings, userId: string): Promise<void> {
  const secret = await symmetricEncrypt({ key: settings.secret, data: totp.newSecret() });
  await db.transaction().execute(async (trx) => {
    await queries.deleteWaiting(trx, userId);
    await queries.insertWaiting(trx, userId, { id: newId(), secret, codes: '[]' });
  });
}

/** What waits to be set up; null when nothing does. */
export async function waitingSetup(db: Db, settings: Settings, account: Account): Promise<Setup | null> {
  const waiting = await readable(settings, await queries.findFactor(db, account.id, 'waiting'));
  if (!waiting) return null;
  return { uri: totp.setupUri(waiting.plain, account.email), secret: totp.secretText(waiting.plain) };
}

/**
 * Takes what waits into use, in place of what was before.
 * @returns ten recovery codes, to be shown once: they cannot be read again
 * @throws DomainError as `check`
 */
export async function confirm(db: Db, settings: Settings, userId: string, code: string, now: Date): Promise<string[]> {
  if (!totp.isWhole(code)) throw new DomainError('code_incomplete');
  const left = await limits.take(db, settings, limits.LIMITS.secondFactor, userId, now);
  const waiting = await readable(settings, await queries.findFactor(db, userId, 'waiting'));
  if (!waiting || !(await isFresh(db, settings, userId, waiting.plain, code, now))) {
    return refuse(db, userId, left, 'code_wrong');
  }
  const codes = recovery.newCodes();
  await db.transaction().execute(async (trx) => {
    if (!(await queries.useFactor(trx, waiting.id, recovery.keep(settings.secret, codes)))) {
      throw new DomainError('code_wrong');
    }
    await queries.deleteOthers(trx, userId, waiting.id);
    await queries.setEnabled(trx, userId, true);
    await audit.record(trx, { kind: 'user', userId }, 'second_factor.set', { type: 'user', id: userId });
  });
  await limits.clear(db, settings, limits.LIMITS.secondFactor, userId);
  return codes;
}

/**
 * Checks a code of the app. Each works once (RFC 6238 §5.2), and five wrong ones in a row close the account's second step
 * for a while.
 * @throws DomainError code_incomplete, which is not counted; code_wrong; TooManyAttempts
 */
export async function check(db: Db, settings: Settings, userId: string, code: string, now: Date): Promise<void> {
  if (!totp.isWhole(code)) throw new DomainError('code_incomplete');
  const left = await limits.take(db, settings, limits.LIMITS.secondFactor, userId, now);
  const factor = await inUse(db, settings, userId);
  if (!factor || !(await isFresh(db, settings, userId, factor.plain, code, now))) {
    return refuse(db, userId, left, 'code_wrong');
  }
  await limits.clear(db, settings, limits.LIMITS.secondFactor, userId);
}

/**
 * Uses a recovery code up.
 * @returns how many are left
 * @throws DomainError recovery_code_wrong; TooManyAttempts
 */
export async function useRecoveryCode(
  db: Db,
  settings: Settings,
  userId: string,
  code: string,
  now: Date,
): Promise<number> {
  const left = await limits.take(db, settings, limits.LIMITS.secondFactor, userId, now);
  const factor = await inUse(db, settings, userId);
  const codes = factor && recovery.without(settings.secret, factor.codes, code);
  if (!factor || codes === null || !(await queries.replaceCodes(db, factor.id, codes, factor.codes))) {
    return refuse(db, userId, left, 'recovery_code_wrong');
  }
  const remaining = recovery.countLeft(codes);
  const detail = { left: remaining };
  await audit.record(db, { kind: 'user', userId }, 'second_factor.recovery_used', { type: 'user', id: userId }, detail);
  await limits.clear(db, settings, limits.LIMITS.secondFactor, userId);
  return remaining;
}

/**
 * Ten new recovery codes in place of all that were.
 * @throws DomainError code_wrong when no second factor is in use, or when its codes changed meanwhile
 */
export async function renewCodes(db: Db, settings: Settings, userId: string): Promise<string[]> {
  const factor = await inUse(db, settings, userId);
  const codes = recovery.newCodes();
  const kept = recovery.keep(settings.secret, codes);
  await db.transaction().execute(async (trx) => {
    if (!factor || !(await queries.replaceCodes(trx, factor.id, kept, factor.codes))) {
      throw new DomainError('code_wrong');
    }
    await audit.record(trx, { kind: 'user', userId }, 'second_factor.codes_renewed', { type: 'user', id: userId });
  });
  return codes;
}

/** Forgets the second factor of an account, with its recovery codes: the next sign-in sets up a new one. */
export async function remove(trx: Db, userId: string): Promise<void> {
  await queries.deleteFactors(trx, userId);
  await queries.setEnabled(trx, userId, false);
}

async function inUse(db: Db, settings: Settings, userId: string): Promise<Readable | null> {
  return readable(settings, await queries.findFactor(db, userId, 'in use'));
}

type Readable = queries.Factor & { plain: string };

/** A secret of another SECRET cannot be read: then it is as if there were none, for a new SECRET ends every way in. */
async function readable({ secret }: Settings, factor: queries.Factor | undefined): Promise<Readable | null> {
  if (!factor) return null;
  try {
    return { ...factor, plain: await symmetricDecrypt({ key: secret, data: factor.secret }) };
  } catch {
    return null;
  }
}

async function isFresh(
  db: Db,
  settings: Settings,
  userId: string,
  secret: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const step = await totp.stepOf(secret, code, now);
  if (step === null) return false;
  try {
    await limits.take(db, settings, limits.LIMITS.codeUsed, `${userId}:${step}`, now);
    return true;
  } catch (cause) {
    if (cause instanceof limits.TooManyAttempts) return false;
    throw cause;
  }
}

async function refuse(
  db: Db,
  userId: string,
  left: number,
  code: 'code_wrong' | 'recovery_code_wrong',
): Promise<never> {
  const action = left === 0 ? 'second_factor.locked' : 'second_factor.refused';
  await audit.record(db, { kind: 'visitor' }, action, { type: 'user', id: userId });
  throw new DomainError(code);
}
