import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '#lib/errors.ts';
import type { Role } from '#lib/instrument/types.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, invitationToken, newId, newToken } from '#lib/server/ids.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as queries from './queries.ts';

export type { LinkTarget } from './queries.ts';

/** A rater's session lasts this long, counted from entering through the personal link. */
const SESSION_DAYS = 14;

/** Somebody to be asked about an IB'er in a round. */
export type InvitationTarget = { schoolRoundId: string; personId: string; role: Role };

/** Invites one person to one form. The link works once the round is open. @returns the invitation's id */
export async function invite(trx: Db, secret: string, target: InvitationTarget, now = new Date()): Promise<string> {
  const id = newId();
  await queries.insertInvitations(trx, [toInvitation(secret, id, target, now)]);
  return id;
}

/** Invites everybody of a round at once. @returns the invitations, each with its id */
export async function inviteAll(
  trx: Db,
  secret: string,
  targets: readonly InvitationTarget[],
  now: Date,
): Promise<{ id: string; personId: string }[]> {
  const made = targets.map((target) => toInvitation(secret, newId(), target, now));
  await queries.insertInvitations(trx, made);
  return made.map(({ id, personId }) => ({ id, personId }));
}

function toInvitation(secret: string, id: string, target: InvitationTarget, now: Date): queries.NewInvitation {
  const tokenHash = hashToken(invitationToken(secret, id, 1));
  return { ...target, id, generation: 1, tokenHash, createdAt: now.toISOString() };
}

/** What a link opens: an empty form, one that was begun, the own answers, the look-back questions, or answers for good. */
type LinkState = 'fresh' | 'started' | 'submitted' | 'look_back' | 'closed';

export function stateOf(target: queries.LinkTarget): LinkState {
  if (target.roundStatus === 'closed') return 'closed';
  if (target.responseStatus === null) return 'fresh';
  if (target.responseStatus === 'started') return 'started';
  const isAsked = responses.looksBack({
    ...target,
    isPulse: Boolean(target.isPulse),
    status: target.responseStatus,
  });
  return isAsked && target.lookBacks === 0 ? 'look_back' : 'submitted';
}

/**
 * What a personal link leads to. Changes nothing: mail scanners open links too.
 * @throws DomainError link_unknown, the same for a link that never was, that was withdrawn, that is not open yet, or that
 *   was made with another SECRET; round_closed for a link that was never used while it could be
 */
export async function follow(db: Db, secret: string, token: string): Promise<queries.LinkTarget> {
  const target = await queries.findByTokenHash(db, hashToken(token));
  const isOurs = target && token === invitationToken(secret, target.invitationId, target.generation);
  if (!isOurs || target.roundStatus === 'planned') throw new DomainError('link_unknown');
  // A closed round shows the own answers to who gave some; whoever has the link may know why there are none.
  if (target.roundStatus === 'closed' && target.responsePublicId === null) throw new DomainError('round_closed');
  return target;
}

/** The rater's session: the value goes into a cookie that is only sent to this form. */
export type Entry = { responsePublicId: string; sessionToken: string; expiresAt: Date; state: LinkState };

/**
 * Starts the rater's session, and the form when this is the first time.
 * @throws DomainError link_unknown, round_closed
 */
export async function enter(db: Db, secret: string, token: string, now = new Date()): Promise<Entry> {
  return db.transaction().execute(async (trx) => {
    const target = await follow(trx, secret, token);
    const responsePublicId =
      target.responsePublicId ??
      (await responses.start(trx, {
        invitationId: target.invitationId,
        instrumentVersionId: target.instrumentVersionId,
        pageSeed: randomInt(2 ** 31),
        now,
      }));
    const sessionToken = newToken();
    const expiresAt = new Date(now.getTime() + SESSION_DAYS * 86_400_000);
    await responses.startSession(trx, responsePublicId, sessionToken, expiresAt);
    return { responsePublicId, sessionToken, expiresAt, state: stateOf(target) };
  });
}

/**
 * A rater's personal link, for the trainer to hand over; written to the audit log.
 * @throws DomainError not_found, forbidden, round_not_open, rater_submitted, rater_link_ended
 */
export async function copyLink(
  db: Db,
  actor: Actor,
  settings: { secret: string; publicUrl: string },
  invitationId: string,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const invitation = await managed(trx, actor, invitationId);
    if (invitation.roundStatus !== 'open') throw new DomainError('round_not_open');
    // From here on the link opens the rater's own answers, which nobody else sees (product.md, Roles and rights); a form
    // that was opened again holds them all, and its rater has the link.
    const { responseId } = invitation;
    const isOrWasSubmitted =
      invitation.responseStatus === 'submitted' ||
      (responseId !== null && (await responses.wasReopened(trx, responseId)));
    if (isOrWasSubmitted) throw new DomainError('rater_submitted');
    if (invitation.linkEndedAt !== null) throw new DomainError('rater_link_ended');
    const token = invitationToken(settings.secret, invitation.id, invitation.generation);
    // The hash is of a link made with an earlier SECRET when that was changed: from now on this one works.
    await queries.setTokenHash(trx, invitation.id, hashToken(token));
    const { id, generation } = invitation;
    await audit.record(trx, actor, 'invitation.link_copied', { type: 'invitation', id }, { generation });
    return `${settings.publicUrl}/f/${token}`;
  });
}

/** A link that a trainer copied: when (ISO 8601), and whether it has ended since. */
export type Copy = { at: string; isOver: boolean };

/** The last copy of this form's link, of which the rater is told: whoever has it can read along. Null when there is none. */
export async function copyOf(db: Db, of: { invitationId: string } | { responseId: number }): Promise<Copy | null> {
  const last = await queries.findLastCopy(db, of);
  if (last === undefined) return null;
  const { generation } = copied.parse(JSON.parse(last.detail));
  return { at: last.at, isOver: generation !== last.generation };
}

/** What the log has of a copy; lines from before it said which link was copied are of the first. */
const copied = z.object({ generation: z.number().default(1) });

/**
 * Submits a form as `responses.submit`. From then on a link opens its answers, so one that a trainer copied before ends,
 * with every other session of the form, where the rater is mailed a new one: with the receipt. Where no mail goes to the
 * rater the link stays, for it is the only way back to the own answers (rules.md, Shown and withheld).
 * @param settings.mail null where no mail is set up
 * @throws DomainError as `responses.submit`
 */
export async function submit(
  db: Db,
  settings: { mail: object | null },
  responsePublicId: string,
  sessionToken: string | undefined,
  now = new Date(),
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { responseId } = await responses.open(trx, responsePublicId, sessionToken);
    const copy = settings.mail === null ? null : await copyOf(trx, { responseId });
    const linkEnds = copy !== null && !copy.isOver;
    const isMailed = await responses.submit(trx, responsePublicId, sessionToken, now, linkEnds);
    if (!isMailed || !linkEnds || sessionToken === undefined) return;
    await queries.endLink(trx, responseId, hashToken(newToken()));
    await responses.endSessionsBeside(trx, responseId, sessionToken);
  });
}

/**
 * Ends the link of a form that was submitted, and every session of it, because its rater asks for that: nobody opens the own
 * answers by it any more (rules.md lets them be read until retention, and obliges nobody). What was sent stays, and is not
 * opened again (`reopen`), for that would take a new link.
 * @throws DomainError link_unknown; rater_not_submitted as long as there is something to send
 */
export async function endOwnLink(
  db: Db,
  responsePublicId: string,
  sessionToken: string | undefined,
  now = new Date(),
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { responseId, status } = await responses.open(trx, responsePublicId, sessionToken);
    if (status !== 'submitted') throw new DomainError('rater_not_submitted');
    await queries.endLinkForGood(trx, responseId, hashToken(newToken()), now.toISOString());
    await responses.endSessions(trx, responseId);
  });
}

/**
 * Opens a submitted form again, on the rater's request: it counts once it is submitted anew. The trainer sees no answers
 * of it (rules.md, Who, what, when).
 * @throws DomainError not_found, forbidden, round_not_open, rater_not_submitted, rater_readdressed,
 *   rater_link_ended
 */
export async function reopen(db: Db, actor: Actor, invitationId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const invitation = await managed(trx, actor, invitationId);
    if (invitation.roundStatus !== 'open') throw new DomainError('round_not_open');
    if (invitation.responseId === null || invitation.responseStatus !== 'submitted') {
      throw new DomainError('rater_not_submitted');
    }
    if (invitation.linkEndedAt !== null) throw new DomainError('rater_link_ended');
    await responses.reopen(trx, invitation.responseId);
    await audit.record(trx, actor, 'response.reopened', { type: 'invitation', id: invitation.id });
  });
}

/**
 * Why a submitted form cannot be opened again, said before anybody asks; null where it can.
 * @throws DomainError not_found, forbidden
 */
export async function reopeningRefused(
  db: Db,
  actor: Actor,
  invitationId: string,
): Promise<'rater_readdressed' | 'rater_link_ended' | null> {
  const { responseId, linkEndedAt } = await managed(db, actor, invitationId);
  if (linkEndedAt !== null) return 'rater_link_ended';
  return responseId === null || (await responses.mayReopen(db, responseId)) ? null : 'rater_readdressed';
}

async function managed(db: Db, actor: Actor, invitationId: string): Promise<queries.InvitationRow> {
  const invitation = await queries.findInvitation(db, invitationId);
  if (!invitation) throw new DomainError('not_found');
  if (!may(actor, 'manage_cohort', { cohortId: invitation.cohortId })) throw new DomainError('forbidden');
  return invitation;
}
