import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './accounts-queries.ts';
import { listMarked } from './queries.ts';

/**
 * What accounts have to know of the demonstration. Apart from its other services: those are made of accounts, cohorts and
 * rounds, and this one of none of them.
 */

/** Whether somebody administers this Drieluik; accounts of the demonstration are nobody's, whatever they may do. */
export function hasOwnAdmin(db: Db): Promise<boolean> {
  return queries.hasOwnAdmin(db);
}

/** Whether the address is that of somebody of the demonstration: with an account of it, or at one of its schools alone. */
export function isInvented(db: Db, email: string): Promise<boolean> {
  return queries.isInvented(db, email);
}

/** Whether an account came with the demonstration: it is nobody's, and sees what is invented. */
export function isMarked(db: Db, userId: string): Promise<boolean> {
  return queries.isMarked(db, userId);
}

/** The ids of the demonstration's cohorts; none where it is not loaded. */
export function listCohorts(db: Db): Promise<string[]> {
  return listMarked(db, 'cohort');
}

/** Whether there is a real cohort beside it, other than one that an account of the demonstration made to try it out. */
export function hasCohortBeside(db: Db): Promise<boolean> {
  return queries.hasCohortBeside(db);
}

/** Whether this Drieluik is somebody's: it has an administrator of its own, or a real cohort. */
export async function isInUse(db: Db): Promise<boolean> {
  return (await hasOwnAdmin(db)) || (await hasCohortBeside(db));
}

/**
 * Keeps the one rule about what accounts of the demonstration may do: beyond its cohorts and programme nothing, once
 * somebody uses this Drieluik. Called by whatever gives a role or makes a cohort, in the same transaction.
 */
export async function keepToItself(trx: Db, actor: Actor): Promise<void> {
  if (await isInUse(trx)) await endRights(trx, actor);
}

/** Takes from the accounts of the demonstration what reaches beyond it, with the sessions and links that could use it. */
export async function endRights(trx: Db, actor: Actor): Promise<void> {
  for (const { id, email } of await queries.listGlobal(trx)) {
    await queries.deleteGlobalGrants(trx, id);
    await queries.deleteSessions(trx, id);
    await queries.deleteSignInLinks(trx, email);
    await audit.record(trx, actor, 'demonstration.rights_ended', { type: 'user', id });
  }
}
