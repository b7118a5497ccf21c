import type { Db } from '#lib/server/db/open.ts';
import { hashToken, registrationToken } from '#lib/server/ids.ts';
import * as entries from './entry-queries.ts';
import * as kept from './kept-queries.ts';
import { tell } from './mails.ts';

/**
 * Somebody who takes part has another address from now on: so it is in the registration that gave the place. As where a school
 * changes it itself, another address of the IB'er ends the link, and a new one goes to those who stand in it.
 */
export async function readdress(
  trx: Db,
  secret: string,
  { personId, before, email }: { personId: string; before: string | null; email: string },
  now: Date,
): Promise<void> {
  for (const { id, role } of await kept.listPlaced(trx, personId)) {
    const entry = await entries.find(trx, id);
    const given = entry && (role === 'ib' ? ofIb(entry, email) : ofDirector(entry, before, email));
    if (!entry || !given || (await isTaken(trx, entry, given))) continue;
    const generation = entry.generation + (role === 'ib' ? 1 : 0);
    const link = { generation, tokenHash: hashToken(registrationToken(secret, id, generation)) };
    await entries.update(trx, entry, given, link);
    const changed = await entries.find(trx, id);
    if (changed) await tell(trx, changed, 'changed', String(changed.version), now);
  }
}

function ofIb({ ib, ...entry }: entries.Entry, email: string): entries.Given | null {
  return ib === null || ib.email === email ? null : { ...entry, ib: { ...ib, email } };
}

/** Only where it was this director: the one of a school may have changed since. */
function ofDirector(
  { ib, director, ...entry }: entries.Entry,
  before: string | null,
  email: string,
): entries.Given | null {
  if (ib === null || director === null || director.email !== before) return null;
  return { ...entry, ib, director: { ...director, email } };
}

/** An IB'er stands in a cohort's registration once: another school may have named this address meanwhile. */
async function isTaken(trx: Db, { id, cohortId }: entries.Entry, { ib }: entries.Given): Promise<boolean> {
  const all = await entries.list(trx, cohortId);
  return all.some((other) => other.id !== id && other.ib?.email === ib.email);
}
