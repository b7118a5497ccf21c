import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as sessions from '#lib/server/auth/sessions-service.ts';
import { dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as demo from '#lib/server/demo/accounts-service.ts';
import { newId } from '#lib/server/ids.ts';
import { enqueue } from '#lib/server/mail/outbox-service.ts';
import * as notices from './notices-service.ts';
import * as queries from './people-queries.ts';
import * as accountQueries from './queries.ts';
import * as roleQueries from './role-queries.ts';
import { toRoles, versionOf, type Roles } from './roles.ts';

/** Who has a role here, as an administrator sees it: accounts and how they are guarded, never what their owners answered. */

export type StaffAccount = {
  id: string;
  name: string;
  email: string;
  roles: roleQueries.HeldRole[];
  hasSecondStep: boolean;
  /** When the account signed in last (ISO 8601); null when the log knows of no time. */
  lastSignInAt: string | null;
};

/** From more than so many on, the list can be searched. */
const MANY = 20;

/**
 * Every account with a role, by name; with a search those whose name or address has it in it.
 * @returns also how many there are in all, and whether a search is worth offering
 * @throws DomainError forbidden
 */
export async function list(
  db: Db,
  actor: Actor,
  search = '',
): Promise<{ people: StaffAccount[]; total: number; isLong: boolean }> {
  assertManages(actor);
  const all = await staff(db);
  const wanted = search.trim().toLowerCase();
  const people = all.filter(({ name, email }) => [name, email].some((text) => text.toLowerCase().includes(wanted)));
  return { people: people.map(({ grants: _, ...person }) => person), total: all.length, isLong: all.length > MANY };
}

/** How many accounts have a role. @throws DomainError forbidden */
export async function count(db: Db, actor: Actor): Promise<number> {
  assertManages(actor);
  return (await queries.listAccounts(db)).length;
}

/**
 * The names of cohorts in which something is still to come and of which nobody is trainer: nobody follows a round there, or
 * releases its reports.
 * @throws DomainError forbidden
 */
export async function withoutTrainer(db: Db, actor: Actor, now: Date): Promise<string[]> {
  assertManages(actor);
  return (await queries.listWithoutTrainer(db, momentOf(now))).map(({ name }) => name);
}

/**
 * The names of those that would come to that by what is taken from an account.
 * @param kept ids of the cohorts of which the account stays trainer
 * @throws DomainError forbidden
 */
export async function leftWithoutTrainer(
  db: Db,
  actor: Actor,
  userId: string,
  kept: readonly string[],
  now: Date,
): Promise<string[]> {
  assertManages(actor);
  const before = await queries.listWithoutTrainer(db, momentOf(now));
  const stay = new Set([...kept, ...before.map(({ id }) => id)]);
  const after = await queries.listWithoutTrainer(db, momentOf(now), userId);
  return after.filter(({ id }) => !stay.has(id)).map(({ name }) => name);
}

/** An account as its page shows it: what can be changed, and what is guarded by whom. */
export type StaffMember = StaffAccount & {
  /** The roles at schools, which do not come from here. */
  atSchools: roleQueries.HeldRole[];
  chosen: Roles;
  /** The version of the roles, to know whether they change meanwhile (`roles-service.ts`, change). */
  version: string;
  isOwn: boolean;
  /** It came with the demonstration: its roles do not change. */
  isOfExamples: boolean;
  /** On how many devices it is signed in. */
  sessions: number;
};

/** @throws DomainError forbidden; not_found, also for an account without a role: those are the trainers' */
export async function get(db: Db, actor: Actor, userId: string, now: Date): Promise<StaffMember> {
  assertManages(actor);
  const found = (await staff(db)).find(({ id }) => id === userId);
  if (!found) throw new DomainError('not_found');
  const { grants, ...account } = found;
  const person = await accountQueries.findPersonByUser(db, userId);
  return {
    ...account,
    atSchools: person ? await roleQueries.listAtSchools(db, person.id) : [],
    chosen: toRoles(grants),
    version: versionOf(grants),
    isOwn: actor.kind === 'user' && actor.userId === userId,
    isOfExamples: await demo.isMarked(db, userId),
    sessions: (await sessions.list(db, userId, 'staff', now)).length,
  };
}

/** The cohorts and programmes that a role can be for. @throws DomainError forbidden */
export async function choices(
  db: Db,
  actor: Actor,
): Promise<{ cohorts: queries.Named[]; programmes: queries.Named[] }> {
  assertManages(actor);
  return { cohorts: await queries.listCohorts(db), programmes: await queries.listProgrammes(db) };
}

/** Mails a sign-in link to an account with a role, as if its owner had asked. @throws DomainError forbidden; not_found */
export async function mailSignInLink(db: Db, actor: Actor, userId: string, now: Date): Promise<void> {
  await onStaff(db, actor, userId, async (trx) => {
    const mail = { template: 'sign_in', to: { userId }, about: {}, roundId: null } as const;
    await enqueue(trx, { ...mail, onceKey: `sign_in:${newId()}` }, now);
    await audit.record(trx, actor, 'sign_in_link.mailed', { type: 'user', id: userId });
  });
}

/** Signs an account with a role out on every device, and mails its owner so. @throws DomainError forbidden; not_found */
export async function endSessions(db: Db, actor: Actor, userId: string): Promise<void> {
  await onStaff(db, actor, userId, async (trx) => {
    await sessions.endAll(trx, userId);
    await audit.record(trx, actor, 'account.sessions_ended', { type: 'user', id: userId });
    await notices.tellChange(trx, actor, userId, 'sessions');
  });
}

async function onStaff(db: Db, actor: Actor, userId: string, work: (trx: Db) => Promise<void>): Promise<void> {
  assertManages(actor);
  await db.transaction().execute(async (trx) => {
    if (!(await accountQueries.isStaff(trx, userId))) throw new DomainError('not_found');
    await work(trx);
  });
}

async function staff(db: Db): Promise<(StaffAccount & { grants: queries.GrantRow[] })[]> {
  const grants = Map.groupBy(await queries.listGrants(db), ({ userId }) => userId);
  const signIns = await queries.lastSignIns(db);
  return (await queries.listAccounts(db)).map((account) => {
    const own = grants.get(account.id) ?? [];
    return { ...account, roles: inWords(own), lastSignInAt: signIns.get(account.id) ?? null, grants: own };
  });
}

function inWords(grants: readonly queries.GrantRow[]): roleQueries.HeldRole[] {
  return grants.map(({ role, name }) => ({ role, name }));
}

function momentOf(now: Date): { now: string; today: string } {
  return { now: now.toISOString(), today: dayOf(now) };
}

function assertManages(actor: Actor): void {
  if (!may(actor, 'manage_accounts')) throw new DomainError('forbidden');
}
