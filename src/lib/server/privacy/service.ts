import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './queries.ts';

/**
 * Whom the privacy page names (GDPR art. 13): the controller, which is the school board, and its data protection officer.
 * Null where nobody filled it in; the page then says to ask the board.
 */
export type PrivacyContact = {
  controller: string | null;
  controllerEmail: string | null;
  officer: string | null;
  officerEmail: string | null;
};

const NOBODY: PrivacyContact = { controller: null, controllerEmail: null, officer: null, officerEmail: null };

/** For everybody: it stands on the privacy page. */
export async function contact(db: Db): Promise<PrivacyContact> {
  return (await queries.findContact(db)) ?? NOBODY;
}

/** Whether somebody who reads the privacy page still has to find out whom to ask. */
export function isIncomplete(given: PrivacyContact): boolean {
  return given.controller === null || given.controllerEmail === null || given.officerEmail === null;
}

/** All that stands there in one text, to know later whether it still is what it was. */
export function versionOf({ controller, controllerEmail, officer, officerEmail }: PrivacyContact): string {
  return JSON.stringify([controller, controllerEmail, officer, officerEmail]);
}

/**
 * Keeps whom the privacy page names. That it changed is logged, not what it says.
 * @param before the version (`versionOf`) of what the administrator had in sight
 * @throws DomainError forbidden, changed_meanwhile
 */
export function changeContact(db: Db, actor: Actor, before: string, given: PrivacyContact): Promise<void> {
  if (!may(actor, 'manage_retention')) return Promise.reject(new DomainError('forbidden'));
  return inTransaction(db, async (trx) => {
    if (versionOf(await contact(trx)) !== before) throw new DomainError('changed_meanwhile');
    await queries.setContact(trx, given);
    await audit.record(trx, actor, 'privacy.contact_changed', { type: 'database', id: '-' });
  });
}
