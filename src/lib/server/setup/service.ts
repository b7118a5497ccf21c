import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, newToken, nowIso } from '#lib/server/ids.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as demo from '#lib/server/demo/service.ts';
import * as queries from './queries.ts';

const LINK_HOURS = 24;

/**
 * The one-time link that makes the first administrator; every start of an empty database makes a new one.
 * @returns its token; null when there are accounts already
 */
export async function setupToken(db: Db): Promise<string | null> {
  return db.transaction().execute(async (trx) => {
    if (await hasAccounts(trx)) return null;
    const token = newToken();
    const expiresAt = new Date(Date.now() + LINK_HOURS * 3_600_000).toISOString();
    await queries.replaceSetupLink(trx, hashToken(token), expiresAt);
    return token;
  });
}

/** @throws DomainError link_unknown for anything but the valid link of a database without accounts */
export async function assertSetupLink(db: Db, token: string): Promise<void> {
  const valid = await queries.hasSetupLink(db, hashToken(token), nowIso());
  if (!valid || (await hasAccounts(db))) throw new DomainError('link_unknown');
}

/**
 * Makes the first administrator, who is trainer too (of the demonstration's cohorts as well, where it is loaded), and uses
 * the link up.
 * @throws DomainError link_unknown
 */
export async function createFirstAdmin(
  db: Db,
  token: string,
  account: { name: string; email: string },
): Promise<accounts.User> {
  const operator: Actor = { kind: 'operator' };
  return db.transaction().execute(async (trx) => {
    await assertSetupLink(trx, token);
    await queries.deleteSetupLinks(trx);
    const user = await accounts.ensureUser(trx, operator, account);
    await accounts.grant(trx, operator, user.id, { role: 'admin', cohortId: null, programmeId: null });
    await accounts.grant(trx, operator, user.id, { role: 'trainer', cohortId: null, programmeId: null });
    await demo.letIn(trx, user.id);
    return user;
  });
}

/** Whether somebody has an account; those of the demonstration are nobody's. */
async function hasAccounts(db: Db): Promise<boolean> {
  return (await accounts.count(db)) > (await demo.countAccounts(db));
}
