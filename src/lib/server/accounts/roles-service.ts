import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as sessions from '#lib/server/auth/sessions-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as demo from '#lib/server/demo/accounts-service.ts';
import * as notices from './notices-service.ts';
import * as people from './people-queries.ts';
import * as queries from './queries.ts';
import { toGrants, versionOf, without, type Roles } from './roles.ts';
import * as accounts from './service.ts';

/**
 * Giving and taking roles (product.md, Admin: "Users and roles"). Whoever administers may do it, with three limits: there
 * is always an administrator, nobody takes the own role of administrator, and the demonstration's accounts stay as they came:
 * they are asked for no second factor, so a role over something real would be a door without a lock. The owner of the account
 * is mailed what was changed.
 */

/**
 * An account with these roles. Whoever has an account with this address already keeps its name and roles, and gets these too.
 * Whoever had no role is welcomed by mail.
 * @returns the account's id; `isNew` when it had no role before
 * @throws DomainError forbidden; role_needed; not_found for a cohort or programme that is not there; roles_of_examples for
 *   an address of the demonstration; own_role as `assertLetsOthersIn`
 */
export async function add(
  db: Db,
  actor: Actor,
  account: { name: string; email: string },
  roles: Roles,
): Promise<{ id: string; isNew: boolean }> {
  assertManages(actor);
  return db.transaction().execute(async (trx) => {
    if (await demo.isInvented(trx, accounts.normalizeEmail(account.email))) throw new DomainError('roles_of_examples');
    const wanted = await readable(trx, toGrants(roles));
    const { id } = await accounts.ensureUser(trx, actor, account);
    const held = await queries.grantsOf(trx, id);
    const fresh = without(wanted, held);
    assertLetsOthersIn(actor, id, fresh);
    for (const grant of fresh) await accounts.grant(trx, actor, id, grant);
    const isNew = held.length === 0;
    if (isNew) await notices.welcome(trx, actor, id);
    else if (fresh.length > 0) await notices.tellChange(trx, actor, id, 'roles');
    return { id, isNew };
  });
}

/**
 * Gives an account these roles, in place of those it has; that of administrator is given here and taken by `takeAdmin` only.
 * @param before the version of the roles that were changed (`people-service.ts`, get)
 * @throws DomainError forbidden; not_found, also for an account without a role; role_needed when none would be left;
 *   changed_meanwhile; roles_of_examples; own_role as `assertLetsOthersIn`
 */
export async function change(db: Db, actor: Actor, userId: string, roles: Roles, before: string): Promise<void> {
  assertManages(actor);
  await db.transaction().execute(async (trx) => {
    const held = await heldBy(trx, userId);
    if (versionOf(held) !== before) throw new DomainError('changed_meanwhile');
    const isAdmin = held.some(({ role }) => role === 'admin');
    const wanted = await readable(trx, toGrants({ ...roles, admin: roles.admin || isAdmin }));
    const fresh = without(wanted, held);
    assertLetsOthersIn(actor, userId, fresh);
    for (const grant of fresh) await accounts.grant(trx, actor, userId, grant);
    const gone = without(held, wanted);
    for (const grant of gone) await take(trx, actor, userId, grant);
    if (fresh.length + gone.length > 0) await notices.tellChange(trx, actor, userId, 'roles');
  });
}

/**
 * Takes the role of administrator away; sessions go on with what is left, for each request asks for the roles of now.
 * @throws DomainError forbidden; not_found for who is no administrator; own_role; last_admin; roles_of_examples
 */
export async function takeAdmin(db: Db, actor: Actor, userId: string): Promise<void> {
  assertManages(actor);
  await db.transaction().execute(async (trx) => {
    const role = (await heldBy(trx, userId)).find((grant) => grant.role === 'admin');
    if (!role) throw new DomainError('not_found');
    await assertMayLoseAdmin(trx, actor, userId);
    await take(trx, actor, userId, role);
    await notices.tellChange(trx, actor, userId, 'roles');
  });
}

/**
 * Takes all roles away and signs out everywhere. Whoever is IB'er or director of a school stays that, and can sign in for it;
 * a sign-in link that was not used yet opens no more than that either.
 * @throws DomainError forbidden; not_found for an account without a role; own_role; last_admin; roles_of_examples
 */
export async function block(db: Db, actor: Actor, userId: string): Promise<void> {
  assertManages(actor);
  await db.transaction().execute(async (trx) => {
    const held = await heldBy(trx, userId);
    assertNotOwn(actor, userId);
    if (held.some(({ role }) => role === 'admin')) await assertMayLoseAdmin(trx, actor, userId);
    for (const grant of held) await take(trx, actor, userId, grant);
    await sessions.endAll(trx, userId);
    await audit.record(trx, actor, 'account.blocked', { type: 'user', id: userId });
    await notices.tellChange(trx, actor, userId, 'access');
  });
}

function assertManages(actor: Actor): void {
  if (!may(actor, 'manage_accounts')) throw new DomainError('forbidden');
}

/** @throws DomainError own_role for one's own account: nobody locks the door behind oneself */
function assertNotOwn(actor: Actor, userId: string): void {
  if (actor.kind === 'user' && actor.userId === userId) throw new DomainError('own_role');
}

async function assertMayLoseAdmin(trx: Db, actor: Actor, userId: string): Promise<void> {
  assertNotOwn(actor, userId);
  if ((await people.countOwnAdminsBeside(trx, userId)) === 0) throw new DomainError('last_admin');
}

/** The roles of an account that has any, and whose roles may change. */
async function heldBy(trx: Db, userId: string): Promise<queries.Grant[]> {
  const held = await queries.grantsOf(trx, userId);
  if (held.length === 0) throw new DomainError('not_found');
  if (await demo.isMarked(trx, userId)) throw new DomainError('roles_of_examples');
  return held;
}

/** The roles, if there are any and all they are for is there. */
async function readable(trx: Db, grants: queries.Grant[]): Promise<queries.Grant[]> {
  if (grants.length === 0) throw new DomainError('role_needed');
  const there = new Set(
    [...(await people.listCohorts(trx)), ...(await people.listProgrammes(trx))].map(({ id }) => id),
  );
  for (const { cohortId, programmeId } of grants) {
    const id = cohortId ?? programmeId;
    if (id !== null && !there.has(id)) throw new DomainError('not_found');
  }
  return grants;
}

async function take(trx: Db, actor: Actor, userId: string, grant: queries.Grant): Promise<void> {
  await people.deleteGrant(trx, { userId, ...grant });
  await audit.record(trx, actor, 'account.role_taken', { type: 'user', id: userId }, accounts.ofRole(grant));
}

/**
 * Nobody lets themselves into a cohort or programme: administration is no reason to read feedback (product.md, Roles and
 * rights). Another administrator can, or the operator, and the log says who did.
 * @throws DomainError own_role
 */
function assertLetsOthersIn(actor: Actor, userId: string, fresh: readonly queries.Grant[]): void {
  const isOwn = actor.kind === 'user' && actor.userId === userId;
  if (isOwn && fresh.some(({ cohortId, programmeId }) => cohortId !== null || programmeId !== null)) {
    throw new DomainError('own_role');
  }
}
