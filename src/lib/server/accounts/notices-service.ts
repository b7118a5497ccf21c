import type { AuditActor } from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import { enqueue } from '#lib/server/mail/outbox-service.ts';
import { heldRoles, type HeldRole } from './held-roles-service.ts';
import * as queries from './queries.ts';

/** What the owner of an account is mailed about it: being added, and what somebody changed that guards it or that it may. */

/** What of an account was changed; each has its own words (`mail/account-letters.ts`). */
const CHANGES = ['password', 'second_step', 'roles', 'access', 'sessions'] as const;
export type AccountChange = (typeof CHANGES)[number];

export function isAccountChange(word: string | undefined): word is AccountChange {
  return CHANGES.some((change) => change === word);
}

/** Asks for the mail that welcomes whoever had no role here; in the transaction that gives the first one. */
export async function welcome(trx: Db, actor: AuditActor, userId: string): Promise<void> {
  await ask(trx, 'account_added', userId, byOf(actor));
}

/** Asks for the mail that tells what was changed, in the transaction that changes it. */
export async function tellChange(trx: Db, actor: AuditActor, userId: string, change: AccountChange): Promise<void> {
  await ask(trx, 'account_changed', userId, { ...byOf(actor), change });
}

async function ask(
  trx: Db,
  template: 'account_added' | 'account_changed',
  userId: string,
  about: Record<string, string>,
): Promise<void> {
  const mail = { template, to: { userId }, about, roundId: null, onceKey: `${template}:${newId()}` } as const;
  await enqueue(trx, mail, new Date());
}

/** Who did it, by id; nothing for the operator, who has no account. */
function byOf(actor: AuditActor): Record<string, string> {
  return actor.kind === 'user' ? { by: actor.userId } : {};
}

/** What such a mail says of its account, as things are now. */
export type NoticeFacts = {
  /** What the account is: its roles, and what its owner is at schools. */
  roles: HeldRole[];
  /** The name of who did it; null for the operator, for an account that is gone, and where the name is an address. */
  by: string | null;
};

/** @param by the account that did it */
export async function noticeFacts(db: Db, userId: string, by: string | undefined): Promise<NoticeFacts> {
  const person = await queries.findPersonByUser(db, userId);
  const doer = by === undefined ? undefined : await queries.findUser(db, by);
  return {
    roles: await heldRoles(db, userId, person?.id ?? null),
    by: doer === undefined || doer.name === doer.email ? null : doer.name,
  };
}

/** Whether an account has a role and nobody has signed in to it since `at` (ISO 8601): only then is there somebody to welcome. */
export async function isToBeWelcomed(db: Db, userId: string, at: string): Promise<boolean> {
  return (await queries.isStaff(db, userId)) && !(await queries.hasSignedInSince(db, userId, at));
}
