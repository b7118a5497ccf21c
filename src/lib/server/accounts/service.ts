import { DomainError } from '#lib/errors.ts';
import { may, type Actor, type UserActor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { signInLink, type Auth } from '#lib/server/auth/auth.ts';
import * as secondFactor from '#lib/server/auth/second-factor-service.ts';
import * as sessions from '#lib/server/auth/sessions-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as demo from '#lib/server/demo/accounts-service.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as notices from './notices-service.ts';
import * as queries from './queries.ts';

export type { Person, User } from './queries.ts';

/** Who is signed in, with every role that the account has. */
export async function actorOf(db: Db, user: { id: string; name: string }): Promise<UserActor> {
  return (await identify(db, user)).actor;
}

/**
 * Who an account is by the roles of now.
 * @returns `isStaff`: as `isStaff` says; `isSomebody`: it has a role, or belongs to a person
 */
export async function identify(
  db: Db,
  user: { id: string; name: string },
): Promise<{ actor: UserActor; isStaff: boolean; isSomebody: boolean }> {
  const found = await queries.findIdentity(db, user.id);
  const { grants, personId } = found;
  return {
    actor: actorWith(user, grants, personId),
    isStaff: isOfStaff(found),
    isSomebody: grants.length > 0 || personId !== null,
  };
}

function actorWith(user: { id: string; name: string }, grants: queries.Grant[], personId: string | null): UserActor {
  const of = (role: queries.Grant['role']) => grants.filter((grant) => grant.role === role);
  return {
    kind: 'user',
    userId: user.id,
    name: user.name,
    personId,
    admin: of('admin').length > 0,
    trainer: of('trainer').some((grant) => grant.cohortId === null),
    cohortIds: of('trainer').flatMap((grant) => (grant.cohortId === null ? [] : [grant.cohortId])),
    programmeIds: of('steering').flatMap((grant) => (grant.programmeId === null ? [] : [grant.programmeId])),
  };
}

/** Whether an account has a role: of those a second factor is asked, and they may set a password. */
export async function isStaff(db: Db, userId: string): Promise<boolean> {
  return isOfStaff(await queries.findIdentity(db, userId));
}

function isOfStaff({ grants, isInvented }: { grants: readonly queries.Grant[]; isInvented: boolean }): boolean {
  return grants.length > 0 && !isInvented;
}

/** The account with this address, made when there is none. Addresses are compared in lower case. */
export async function ensureUser(
  trx: Db,
  actor: audit.AuditActor,
  account: { name: string; email: string },
): Promise<queries.User> {
  const email = normalizeEmail(account.email);
  const known = await queries.findUserByEmail(trx, email);
  if (known) return known;
  const user = { id: newId(), name: account.name, email };
  await queries.insertUser(trx, user, nowIso());
  await audit.record(trx, actor, 'account.created', { type: 'user', id: user.id });
  return user;
}

/** Gives an account a role; giving it twice is harmless. It may end rights of the demonstration's accounts (`keepToItself`). */
export async function grant(trx: Db, actor: Actor, userId: string, role: queries.Grant): Promise<void> {
  await queries.insertGrant(trx, newId(), userId, role, nowIso());
  await audit.record(trx, actor, 'account.granted', { type: 'user', id: userId }, ofRole(role));
  await demo.keepToItself(trx, actor);
}

/** A role as a line of the log has it: which one, and for what. */
export function ofRole({ role, cohortId, programmeId }: queries.Grant): Record<string, string> {
  return {
    role,
    ...(cohortId === null ? {} : { cohort: cohortId }),
    ...(programmeId === null ? {} : { programme: programmeId }),
  };
}

/** Makes an account the first administrator: trainer too, also of the demonstration's cohorts where it is loaded. */
export async function grantFirst(trx: Db, actor: Actor, userId: string): Promise<void> {
  await grant(trx, actor, userId, { role: 'admin', cohortId: null, programmeId: null });
  await grant(trx, actor, userId, { role: 'trainer', cohortId: null, programmeId: null });
  for (const cohortId of await demo.listCohorts(trx)) {
    await grant(trx, actor, userId, { role: 'trainer', cohortId, programmeId: null });
  }
}

/** What making sign-in links takes from the running application. */
type LinkSettings = { auth: Auth; publicUrl: string };

/**
 * A one-time sign-in link for an administrator, for the command line; `isNew` when the account was made for it.
 * With `resetSecondStep` the second factor that it had is taken away first.
 * @throws DomainError account_invented as `ensureAdmin`
 */
export async function adminSignInLink(
  db: Db,
  settings: LinkSettings,
  email: string,
  { resetSecondStep = false } = {},
): Promise<{ email: string; link: string; isNew: boolean }> {
  const operator: Actor = { kind: 'operator' };
  const { isNew, ...user } = await ensureAdmin(db, email);
  if (resetSecondStep) await resetSecondFactor(db, operator, user.id);
  return { email: user.email, link: await makeSignInLink(db, operator, settings, user), isNew };
}

/**
 * A first or lost administrator (`grantFirst`). `isNew` when the account was not there yet; the owner of one that was is
 * mailed the new role.
 * @throws DomainError account_invented for an address of the demonstration: it is nobody's, and goes with it
 */
export async function ensureAdmin(db: Db, email: string): Promise<queries.User & { isNew: boolean }> {
  const operator: Actor = { kind: 'operator' };
  return db.transaction().execute(async (trx) => {
    if (await demo.isInvented(trx, normalizeEmail(email))) throw new DomainError('account_invented');
    const known = await queries.findUserByEmail(trx, normalizeEmail(email));
    const held = known === undefined ? [] : await queries.grantsOf(trx, known.id);
    const isFirst = !(await demo.hasOwnAdmin(trx));
    const user = await ensureUser(trx, operator, { name: email, email });
    if (isFirst) await grantFirst(trx, operator, user.id);
    else await grant(trx, operator, user.id, { role: 'admin', cohortId: null, programmeId: null });
    const wasAdmin = held.some(({ role }) => role === 'admin');
    if (known !== undefined && !wasAdmin) await notices.tellChange(trx, operator, user.id, 'roles');
    return { ...user, isNew: known === undefined };
  });
}

type StaffMember = queries.User & { roles: ('admin' | 'trainer' | 'steering')[] };

/**
 * Every account with a role.
 * @throws DomainError forbidden
 */
export async function listStaff(db: Db, actor: Actor): Promise<StaffMember[]> {
  if (!may(actor, 'manage_accounts')) throw new DomainError('forbidden');
  const members = new Map<string, StaffMember>();
  for (const row of await queries.listStaff(db)) {
    const member = members.get(row.id) ?? { id: row.id, name: row.name, email: row.email, roles: [] };
    if (!member.roles.includes(row.role)) member.roles.push(row.role);
    members.set(row.id, member);
  }
  return [...members.values()];
}

/**
 * A one-time sign-in link for a colleague with a role.
 * @throws DomainError forbidden; not_found for an account without a role: those links are the trainer's to give
 */
export async function staffSignInLink(db: Db, actor: Actor, settings: LinkSettings, userId: string): Promise<string> {
  const member = (await listStaff(db, actor)).find((candidate) => candidate.id === userId);
  if (!member) throw new DomainError('not_found');
  return makeSignInLink(db, actor, settings, member);
}

/**
 * Takes somebody's second factor away, for whoever lost the phone and the recovery codes: all sessions end, and the next
 * sign-in sets up a new one, and the owner is mailed so. Nobody does it to the own account: that goes by the second factor itself ("Mijn account").
 * @throws DomainError forbidden; own_role; not_found
 */
export async function resetSecondFactor(db: Db, actor: Actor, userId: string): Promise<void> {
  if (!may(actor, 'manage_accounts')) throw new DomainError('forbidden');
  if (actor.kind === 'user' && actor.userId === userId) throw new DomainError('own_role');
  await db.transaction().execute(async (trx) => {
    if (!(await queries.findUser(trx, userId))) throw new DomainError('not_found');
    await secondFactor.remove(trx, userId);
    await sessions.endAll(trx, userId);
    await audit.record(trx, actor, 'second_factor.reset', { type: 'user', id: userId });
    await notices.tellChange(trx, actor, userId, 'second_step');
  });
}

/** Written to the audit log before it exists. */
async function makeSignInLink(
  db: Db,
  actor: Actor,
  settings: LinkSettings,
  user: { id: string; email: string },
): Promise<string> {
  await audit.record(db, actor, 'sign_in_link.made', { type: 'user', id: user.id });
  return signInLink(settings.auth, settings.publicUrl, user.email);
}

/** Somebody as typed; `language` is that of somebody new, Dutch unless it is said. */
type GivenPerson = { name: string; email: string | null; language?: 'nl' | 'en' };

/** The person with this address, or a new one; without an address always a new one. */
export async function ensurePerson(trx: Db, given: GivenPerson): Promise<string> {
  const [id] = await ensurePeople(trx, [given]);
  if (id === undefined) throw new Error('somebody was neither found nor made');
  return id;
}

/** As `ensurePerson`, many at once: the same address is the same person. @returns their ids, in this order */
export async function ensurePeople(trx: Db, people: readonly GivenPerson[]): Promise<string[]> {
  const given = people.map(({ email, ...rest }) => ({ ...rest, email: email === null ? null : normalizeEmail(email) }));
  const emails = [...new Set(given.flatMap(({ email }) => email ?? []))];
  const ids = await queries.personIdsByEmail(trx, emails);
  const fresh: (GivenPerson & { id: string })[] = [];
  const all = given.map(({ name, email, language }) => {
    const known = email === null ? undefined : ids.get(email);
    if (known !== undefined) return known;
    const id = newId();
    if (email !== null) ids.set(email, id);
    fresh.push({ id, name, email, language });
    return id;
  });
  await queries.insertPeople(trx, fresh, nowIso());
  return all;
}

/**
 * The people of imported rows, known by a key; made where there are none. `name` is what the file calls them.
 * @returns their ids by key
 */
export async function ensureImportedPeople(
  trx: Db,
  people: readonly { key: string; name: string | null }[],
): Promise<Map<string, string>> {
  const ids = await queries.personIdsByImportKey(
    trx,
    people.map(({ key }) => key),
  );
  const createdAt = nowIso();
  const fresh = people.flatMap(({ key, name }) => {
    if (ids.has(key)) return [];
    const id = newId();
    ids.set(key, id);
    return [{ id, name, importKey: key, createdAt }];
  });
  await queries.insertImportedPeople(trx, fresh);
  return ids;
}

/**
 * The account of an IB'er or director, made and tied to the person on first use.
 * @throws DomainError not_found when there is no such person; person_has_no_email; account_is_staff when the address
 *   is that of somebody with a role: a link to it would open more than this person's reports
 */
export async function userOfPerson(trx: Db, actor: Actor, personId: string): Promise<queries.User> {
  const person = await queries.findPerson(trx, personId);
  if (!person) throw new DomainError('not_found');
  if (person.email === null) throw new DomainError('person_has_no_email');
  const user = await ensureUser(trx, actor, { name: person.name ?? person.email, email: person.email });
  if ((await queries.grantsOf(trx, user.id)).length > 0) throw new DomainError('account_is_staff');
  if (person.userId !== user.id) await queries.linkUser(trx, person.id, user.id);
  return user;
}

/** Addresses are kept and compared trimmed and in lower case. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}
