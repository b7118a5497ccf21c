import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './queries.ts';
import { securityTextOf } from './security-txt.ts';

/** Why a board may keep these data (GDPR art. 6(1), f and e). */
export const BASES = ['legitimate_interest', 'public_task'] as const;

/**
 * What a board says of itself on the privacy page (GDPR art. 13, 14 and 26(2)). Null where nobody filled it in; the page then
 * says to ask the board, or leaves the sentence out.
 */
export type PrivacyNotice = {
  /** The controller, which is a school board or a partnership, and where to reach it. */
  controller: string | null;
  controllerEmail: string | null;
  /** Its data protection officer. */
  officer: string | null;
  officerEmail: string | null;
  /** Who is responsible for what, in lines of text, where that is more than one board or the trainers' organisation too. */
  arrangement: string | null;
  basis: (typeof BASES)[number] | null;
  /** One sentence: which interest or which task that is. */
  basisReason: string | null;
  /** The day on which the staff's half of the participation council agreed (WMS art. 12(1)), yyyy-mm-dd. */
  consentedOn: string | null;
  /** Who receives the data: whose server it is, whose mail server, and whom the trainers work for. */
  server: string | null;
  mail: string | null;
  trainers: string | null;
};

/** With the day on which it last changed, yyyy-mm-dd; null as long as nothing was filled in. */
export type KeptNotice = PrivacyNotice & { changedOn: string | null };

const NOTHING: KeptNotice = {
  ...{ controller: null, controllerEmail: null, officer: null, officerEmail: null, arrangement: null },
  ...{ basis: null, basisReason: null, consentedOn: null, server: null, mail: null, trainers: null },
  changedOn: null,
};

/** What every board has to tell, in the order of the form. An officer may be an office, and one board needs no arrangement. */
const NEEDED = [
  ...(['controller', 'controllerEmail', 'officerEmail', 'basis', 'basisReason', 'consentedOn'] as const),
  ...(['server', 'mail', 'trainers'] as const),
];
export type Needed = (typeof NEEDED)[number];

/** For everybody: it stands on the privacy page. */
export async function notice(db: Db): Promise<KeptNotice> {
  return (await queries.findNotice(db)) ?? NOTHING;
}

/** The text of /.well-known/security.txt (`securityTextOf`); null where it has nobody to name. */
export async function securityTxt(db: Db, publicUrl: string, now: Date): Promise<string | null> {
  return securityTextOf(await notice(db), publicUrl, now);
}

/** What the privacy page still cannot tell; empty when it is complete. */
export function missingOf(given: PrivacyNotice): Needed[] {
  return NEEDED.filter((field) => given[field] === null);
}

/** All that stands there in one text, to know later whether it still is what it was. */
export function versionOf(given: PrivacyNotice): string {
  return JSON.stringify([...NEEDED, 'officer' as const, 'arrangement' as const].map((field) => given[field]));
}

/**
 * Keeps what the privacy page says of the board. That it changed is logged, not what it says.
 * @param before the version (`versionOf`) of what the administrator had in sight
 * @throws DomainError forbidden, changed_meanwhile
 */
export function changeNotice(
  db: Db,
  actor: Actor,
  before: string,
  given: PrivacyNotice,
  now = new Date(),
): Promise<void> {
  if (!may(actor, 'manage_retention')) return Promise.reject(new DomainError('forbidden'));
  return inTransaction(db, async (trx) => {
    if (versionOf(await notice(trx)) !== before) throw new DomainError('changed_meanwhile');
    await queries.setNotice(trx, given, dayOf(now));
    await audit.record(trx, actor, 'privacy.contact_changed', { type: 'database', id: '-' });
  });
}
