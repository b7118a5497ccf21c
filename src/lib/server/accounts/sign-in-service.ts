import { DomainError } from '#lib/errors.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { countUnseen, recordSignInRefusal } from '#lib/server/audit/sign-in-refusals-service.ts';
import { signInWith, type Auth, type Begun } from '#lib/server/auth/auth.ts';
import * as limits from '#lib/server/limits/guesses-service.ts';
import * as passwords from '#lib/server/auth/passwords-service.ts';
import * as secondFactor from '#lib/server/auth/second-factor-service.ts';
import type { Standing } from '#lib/server/auth/session-limits.ts';
import * as sessions from '#lib/server/auth/sessions-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import { enqueue } from '#lib/server/mail/outbox-service.ts';
import * as queries from './queries.ts';
import * as accounts from './service.ts';

/** Signing in, step by step: a link or a password, and for whoever has a role a second factor after either. */

/** A session of this browser. Until `standing` is more than "half", it stands for nobody. */
export type Session = {
  id: string;
  userId: string;
  name: string;
  email: string;
  standing: Standing;
  /** When it gave its second factor (ISO 8601); null where it did not. */
  secondFactorAt: string | null;
};

/** What signing in takes from the running application and from the request. */
export type Way = {
  auth: Auth;
  secret: string;
  headers: Headers;
  /** The client, as far as it is known: its address, or of IPv6 its network (limits/network.ts). */
  client: string;
  /** The session that the browser had. */
  before: Session | null;
  now: Date;
};

/**
 * Who a request comes from. The one place that decides it: somebody with a role who has not given the second factor is
 * nobody (`actor` null), whatever the way in; their session reaches the second step and nothing else.
 * @param isUse false for what a page asks by itself: that keeps no session alive
 */
export async function whoIs(
  db: Db,
  auth: Auth,
  headers: Headers,
  now: Date,
  isUse = true,
): Promise<{ session: Session | null; actor: UserActor | null }> {
  const found = await sessions.find(auth, headers);
  if (!found) return { session: null, actor: null };
  const { id, userId, name, email, secondFactorAt } = found;
  const { actor, ...is } = await accounts.identify(db, { id: userId, name });
  const standing = standingOf(is, secondFactorAt);
  if (!(await sessions.keepAlive(db, found, standing, now, isUse))) return { session: null, actor: null };
  return {
    session: { id, userId, name, email, standing, secondFactorAt },
    actor: standing === 'half' ? null : actor,
  };
}

/** By the roles of now: whoever has lost them all has no password or second step to change either. */
function standingOf(is: { isStaff: boolean; isSomebody: boolean }, secondFactorAt: string | null): Standing {
  if (is.isStaff) return secondFactorAt === null ? 'half' : 'staff';
  // Accounts of the demonstration have roles and are no staff (decision 62).
  return is.isSomebody ? 'person' : 'none';
}

/**
 * Mails a sign-in link to whoever has an account, or is IB'er or director of a school: their account is made and tied to
 * the person here. For any other address, a teacher's too, nothing happens; the caller cannot tell which.
 * @param to the own path that signing in is to lead to (own-path.ts); it travels in the mail, which may be opened elsewhere
 * @throws TooManyAttempts
 */
export async function requestLink(
  db: Db,
  settings: { secret: string },
  email: string,
  now: Date,
  to = '/',
): Promise<void> {
  const address = accounts.normalizeEmail(email);
  // One transaction, with one flush to the disk, whoever asks: a second one for who is known would tell who that is. That
  // a request too many takes its count back with it changes nothing.
  await db.transaction().execute(async (trx) => {
    await limits.take(trx, settings, limits.LIMITS.linkRequest, address, now);
    const user = await accountFor(trx, address);
    if (!user) return;
    const mail = { template: 'sign_in', to: { userId: user.id }, about: { to }, roundId: null } as const;
    await enqueue(trx, { ...mail, onceKey: `sign_in:${newId()}` }, now);
  });
}

/** An account that may sign in by its own mailbox, which proves more than a link that somebody hands over. */
async function accountFor(trx: Db, address: string): Promise<queries.User | undefined> {
  const person = await queries.findSchoolPerson(trx, address);
  const known = await queries.findUserByEmail(trx, address);
  if (!person) {
    const mayEnter =
      known && ((await queries.isStaff(trx, known.id)) || (await queries.findPersonByUser(trx, known.id)));
    return mayEnter ? known : undefined;
  }
  const user = await accounts.ensureUser(trx, { kind: 'visitor' }, { name: person.name ?? address, email: address });
  if (person.userId !== user.id) await queries.linkUser(trx, person.id, user.id);
  return user;
}

/**
 * Signs in with a one-time link.
 * @throws DomainError sign_in_link_used for one that is wrong, used or too old; TooManyAttempts
 */
export async function withLink(db: Db, way: Way, token: string): Promise<void> {
  const { auth, client, now, headers, before } = way;
  // A link has 182 bits: whoever has a right one is let in, whatever others tried from the same address.
  const begun = await signInWith(auth, token, headers);
  if (!begun) {
    await orWriteDown(db, way, 'link', limits.assertOpen(db, way, limits.LIMITS.failure, client, now));
    return refuse(db, way, 'link', null, 'sign_in_link_used');
  }
  if (before) await sessions.end(db, before.userId, before.id);
  await recordFirst(db, begun, 'link');
}

/**
 * Signs in with a password, which only accounts with a role have.
 * @throws DomainError password_wrong, whether the address or the password is unknown; TooManyAttempts
 */
export async function withPassword(db: Db, way: Way, email: string, password: string): Promise<void> {
  const address = accounts.normalizeEmail(email);
  await orWriteDown(db, way, 'password', limits.assertOpen(db, way, limits.LIMITS.failure, way.client, way.now));
  await orWriteDown(db, way, 'password', limits.take(db, way, limits.LIMITS.password, address, way.now));
  const user = await queries.findUserByEmail(db, address);
  const isRight = await passwords.matches(db, user?.id ?? null, password);
  if (!user || !isRight || !(await accounts.isStaff(db, user.id))) {
    return refuse(db, way, 'password', user?.id ?? null, 'password_wrong');
  }
  await limits.clear(db, way, limits.LIMITS.password, address);
  await recordFirst(db, await sessions.begin(db, way.auth, user, way), 'password');
}

/** Signs in whoever has just made the first account with the one-time link of the terminal. */
export async function afterSetUp(db: Db, way: Way, user: { email: string }): Promise<void> {
  await recordFirst(db, await sessions.begin(db, way.auth, user, way), 'set_up');
}

/**
 * Gives the second factor: a code of the app. A whole session gives it again before what guards the account is changed.
 * @throws DomainError code_incomplete; code_wrong; TooManyAttempts
 */
export async function withCode(db: Db, way: Way, session: Session, code: string): Promise<void> {
  await secondFactor.check(db, way, session.userId, code, way.now);
  await complete(db, way, session, 'code');
}

/**
 * Gives the second factor: a recovery code, which is used up.
 * @returns how many are left
 * @throws DomainError recovery_code_wrong; TooManyAttempts
 */
export async function withRecoveryCode(db: Db, way: Way, session: Session, code: string): Promise<number> {
  const left = await secondFactor.useRecoveryCode(db, way, session.userId, code, way.now);
  await complete(db, way, session, 'recovery_code');
  return left;
}

/**
 * Begins to set up a second factor: the first, or a new one beside what is in use.
 * @throws DomainError forbidden when one is in use and the session has not just given it: a mailbox or a password alone
 *   must not exchange it
 */
export async function beginFactor(db: Db, way: Way, session: Session): Promise<void> {
  await assertMaySetUp(db, way, session);
  await secondFactor.begin(db, way, session.userId);
}

/**
 * Takes the second factor that was begun into use, and gives it: every other session of the account ends.
 * @returns ten recovery codes, to be shown once
 * @throws DomainError forbidden as `beginFactor`; else as `withCode`
 */
export async function withNewFactor(db: Db, way: Way, session: Session, code: string): Promise<string[]> {
  await assertMaySetUp(db, way, session);
  const codes = await secondFactor.confirm(db, way, session.userId, code, way.now);
  await sessions.endBeside(db, session.userId, await complete(db, way, session, 'new_factor'));
  return codes;
}

async function assertMaySetUp(db: Db, way: Way, session: Session): Promise<void> {
  if (session.standing !== 'half' && session.standing !== 'staff') throw new DomainError('forbidden');
  if (isFresh(session, way.now)) return;
  if ((await secondFactor.recoveryCodesLeft(db, way, session.userId)) !== null) throw new DomainError('forbidden');
}

/** So long after the second factor was given, what guards the account may be changed without giving it again. */
const FRESH_MINUTES = 10;

/** Whether the session has just given its second factor; not once it is asked for none, its roles gone (decision 109). */
export function isFresh({ standing, secondFactorAt }: Session, now: Date): boolean {
  if (standing !== 'staff' || secondFactorAt === null) return false;
  return now.getTime() - Date.parse(secondFactorAt) < FRESH_MINUTES * 60_000;
}

/**
 * Writes down that the second factor was given. The session goes on under a new token: one that somebody saw before opens
 * nothing after it. A half session begins to count from now, a whole one goes on counting.
 * @returns the id of the session that goes on
 */
async function complete(db: Db, way: Way, session: Session, by: string): Promise<string> {
  const { userId } = session;
  const isWhole = session.standing !== 'half';
  const goOn = isWhole ? sessions.renew : sessions.begin;
  const { id } = await goOn(db, way.auth, session, { headers: way.headers, before: session });
  await sessions.completed(db, id, way.now);
  if (isWhole) return id;
  await audit.record(db, { kind: 'user', userId }, 'sign_in.done', { type: 'user', id: userId }, { by });
  return id;
}

async function recordFirst(db: Db, { userId }: Begun, by: string): Promise<void> {
  const action = (await accounts.isStaff(db, userId)) ? 'sign_in.first_step' : 'sign_in.done';
  await audit.record(db, { kind: 'user', userId }, action, { type: 'user', id: userId }, { by });
}

/** Counts a failure by the client's address, and writes it down without any address. */
async function refuse(
  db: Db,
  way: Way,
  by: 'link' | 'password',
  userId: string | null,
  code: 'sign_in_link_used' | 'password_wrong',
): Promise<never> {
  await recordSignInRefusal(db, way, { client: way.client, by, userId }, way.now);
  await limits.take(db, way, limits.LIMITS.failure, way.client, way.now);
  throw new DomainError(code);
}

/** A try that is not looked at, because there were too many, is told as one too. */
async function orWriteDown<T>(db: Db, way: Way, by: 'link' | 'password', work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof limits.TooManyAttempts) await countUnseen(db, way, { client: way.client, by }, way.now);
    throw cause;
  }
}
