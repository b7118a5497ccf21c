import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, newToken, nowIso } from '#lib/server/ids.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import { hasOwnAdmin } from '#lib/server/demo/accounts-service.ts';
import * as queries from './queries.ts';

const LINK_HOURS = 24;

/**
 * The one-time link that makes the first administrator; every start without one makes a new link.
 * @returns its token; null when there is an administrator already, other than the demonstration's
 */
export async function setupToken(db: Db): Promise<string | null> {
  return db.transaction().execute(async (trx) => {
    if (await hasOwnAdmin(trx)) return null;
    const token = newToken();
    const expiresAt = new Date(Date.now() + LINK_HOURS * 3_600_000).toISOString();
    await queries.replaceSetupLink(trx, hashToken(token), expiresAt);
    return token;
  });
}

/** @throws DomainError link_unknown for anything but the valid link of a database without an administrator of its own */
export async function assertSetupLink(db: Db, token: string): Promise<void> {
  const valid = await queries.hasSetupLink(db, hashToken(token), nowIso());
  if (!valid || (await hasOwnAdmin(db))) throw new DomainError('link_unknown');
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
    await accounts.grantFirst(trx, operator, user.id);
    return user;
  });
}
