import { DEMO_COURSES } from '#lib/demo/course.ts';
import { pairCohort } from '#lib/demo/pairs.ts';
import { DEMO_SEED, demoPlan } from '#lib/demo/plan.ts';
import type { DemoCourse, DemoPlan } from '#lib/demo/types.ts';
import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken } from '#lib/server/ids.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import { endRights } from './accounts-service.ts';
import { build, type Source } from './build.ts';
import * as queries from './queries.ts';
import * as removing from './remove-queries.ts';

/** The object of the audit log's lines about the demonstration as a whole. */
const WHOLE = { type: 'database', id: '-' } as const;

type Site = { secret: string; publicUrl: string };

type LoadOptions = {
  /** Told a second time, where the address is not that of this machine. */
  evenHere?: boolean;
  seed?: number;
  now?: Date;
};

/**
 * Loads the demonstration, all or nothing; where it is there already nothing changes. Accounts that may make cohorts
 * become trainers of its cohorts.
 * @returns whether it was loaded now
 * @throws DomainError forbidden; demonstration_beside_data (there are cohorts, schools or people); demonstration_not_local;
 *   not_found when the list that most of it answers is not there; without that of the pairs these are left out
 */
export async function load(
  db: Db,
  actor: Actor,
  { secret, publicUrl }: Site,
  { evenHere = false, seed = DEMO_SEED, now = new Date() }: LoadOptions = {},
): Promise<boolean> {
  if (!may(actor, 'manage_demonstration')) throw new DomainError('forbidden');
  assertAddress(publicUrl, evenHere);
  const [whole, pairs] = [await sourceOf(db, 'whole'), await sourceOf(db, 'pairs')];
  if (!whole) throw new DomainError('not_found');
  const plan = demoPlan(whole.list.instrument, seed, now);
  if (pairs) plan.cohorts.push(pairCohort(pairs.list.instrument, seed, now));
  return db.transaction().execute(async (trx) => {
    await queries.lockForWriting(trx);
    if (await queries.isLoaded(trx)) return false;
    if (await hasOtherData(trx, plan)) throw new DomainError('demonstration_beside_data');
    await build(trx, plan, { secret, sources: { whole, pairs }, now });
    await audit.record(trx, actor, 'demonstration.loaded', WHOLE, { seed });
    return true;
  });
}

/** What cohorts of a course are made from; null where its list is not there. */
async function sourceOf(db: Db, course: DemoCourse): Promise<Source | null> {
  const { template, list } = DEMO_COURSES[course];
  const version = await instruments.find(db, list.key, list.version);
  if (!version) return null;
  return { list: await instruments.load(db, version.id), template: await templates.findNewest(db, template) };
}

/** An account with one of the invented addresses would be taken for the demonstration's, and removed with it. */
async function hasOtherData(trx: Db, { staff }: DemoPlan): Promise<boolean> {
  const emails = Object.values(staff).map(({ email }) => email);
  return (await queries.hasData(trx)) || (await queries.usersByEmail(trx, emails)).length > 0;
}

/**
 * Asks to be told twice, at every loading and for every link (rules.md, Links and mail).
 * @throws DomainError demonstration_not_local
 */
export function assertAddress(publicUrl: string, evenHere: boolean): void {
  if (!isLocal(publicUrl) && !evenHere) throw new DomainError('demonstration_not_local');
}

/** Whether the address can be reached from this machine only: then nobody can take the demonstration for real. */
export function isLocal(publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl);
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) || hostname.endsWith('.localhost');
}

/**
 * Removes what `load` made, with whatever was added to its cohorts since, in one transaction. People, schools and
 * accounts that something else has come to need stay, the accounts with the rights over that and no others. Twice is
 * harmless.
 * @returns whether there was anything to remove
 * @throws DomainError forbidden
 */
export async function remove(db: Db, actor: Actor): Promise<boolean> {
  if (!may(actor, 'manage_demonstration')) throw new DomainError('forbidden');
  return db.transaction().execute(async (trx) => {
    await queries.lockForWriting(trx);
    if (!(await queries.isLoaded(trx))) return false;
    const cohortIds = await queries.listMarked(trx, 'cohort');
    const hanging = await removing.listHanging(trx);
    await removing.deleteCohorts(trx, hanging);
    const people = await removing.listForgotten(trx, hanging.people);
    const readers = await removing.listReaders(trx, people);
    await removing.deletePeople(trx, people);
    const users = [...(await removing.listMarkedUsers(trx)), ...readers];
    await removing.deleteUsers(trx, users);
    await endRights(trx, actor);
    const places = await removing.deletePlaces(trx, hanging.schools);
    const { series, rounds, schoolRounds, invitations } = hanging;
    const userIds = users.map(({ id }) => id);
    const things = [...cohortIds, ...hanging.sessions, ...series, ...rounds, ...schoolRounds, ...invitations];
    await audit.forget(trx, [...things, ...people, ...places, ...userIds]);
    await removing.deleteMarks(trx);
    await audit.record(trx, actor, 'demonstration.removed', WHOLE);
    return true;
  });
}

/** What an administrator can do now: load the demonstration, remove it, or neither, because there is other data. */
export type DemoState = 'absent' | 'loaded' | 'other_data';

export async function stateOf(db: Db): Promise<DemoState> {
  if (await queries.isLoaded(db)) return 'loaded';
  return (await queries.hasData(db)) ? 'other_data' : 'absent';
}

/** Whether this account came with the demonstration, and goes with it. */
export function isAccount(db: Db, userId: string): Promise<boolean> {
  return queries.isMarked(db, 'user', userId);
}

/** The parts of a page's address that lead to a cohort. `token` is that of a personal link. */
export type PageObject = {
  cohort?: string;
  round?: string;
  schoolRound?: string;
  response?: string;
  /** A link that asks how useful a session was, by its id. */
  question?: string;
  assignment?: string;
  /** A school that registered, by its id. */
  entry?: string;
  token?: string;
};

/** `shown`: the page shows invented data; `around`: it may, because the demonstration is loaded beside other data or none. */
export type DemoMark = 'shown' | 'around';

/** What a page has to say of invented data; null for nothing: none is loaded, or the page is about something real. */
export async function markOf(db: Db, page: PageObject): Promise<DemoMark | null> {
  if (!(await queries.isLoaded(db))) return null;
  const cohort = await cohortOf(db, page);
  if (cohort === null) return 'around';
  return cohort !== undefined && (await queries.isMarked(db, 'cohort', cohort.id)) ? 'shown' : null;
}

/** The cohort that a page is about; undefined for one that is not there, null for a page about no cohort. */
async function cohortOf(db: Db, page: PageObject): Promise<{ id: string } | undefined | null> {
  if (page.cohort !== undefined) return { id: page.cohort };
  if (page.round !== undefined) return queries.cohortOfRound(db, page.round);
  if (page.schoolRound !== undefined) return queries.cohortOfSchoolRound(db, page.schoolRound);
  if (page.response !== undefined) return queries.cohortOfResponse(db, page.response);
  if (page.question !== undefined) return queries.cohortOfQuestion(db, { id: page.question });
  if (page.assignment !== undefined) return queries.cohortOfAssignment(db, page.assignment);
  if (page.entry !== undefined) return queries.cohortOfEntry(db, page.entry);
  if (page.token === undefined) return null;
  const tokenHash = hashToken(page.token);
  return (
    (await queries.cohortOfLink(db, tokenHash)) ??
    (await queries.cohortOfQuestion(db, { tokenHash })) ??
    queries.cohortOfRegistration(db, tokenHash)
  );
}
