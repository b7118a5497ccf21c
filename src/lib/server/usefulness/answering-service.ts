import { DomainError } from '#lib/errors.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, newToken, usefulnessToken } from '#lib/server/ids.ts';
import * as queries from './queries.ts';
import { isOpen } from './links-service.ts';
import { storeAnswer } from './service.ts';

/** The side of whoever is asked: a link, a session of the browser, an answer. */

/** A session lasts this long, counted from entering through the link. */
const SESSION_DAYS = 14;

/** What is asked, and whether it can still be answered. */
export type Asked = queries.AskedRow & { isOpen: boolean };

/**
 * What a link asks. Changes nothing: mail scanners open links too.
 * @throws DomainError link_unknown, the same for one that never was, of somebody who was not there after all, or of
 *   another SECRET
 */
export async function follow(db: Db, secret: string, token: string, now: Date): Promise<Asked> {
  const asked = await queries.findByTokenHash(db, hashToken(token));
  if (!asked || token !== usefulnessToken(secret, asked.linkId)) throw new DomainError('link_unknown');
  return { ...asked, isOpen: isOpen(asked, now) };
}

/**
 * Starts a session of a browser. In a new one the earlier answer is not shown: a new answer takes its place.
 * @throws DomainError link_unknown
 */
export async function enter(
  db: Db,
  secret: string,
  token: string,
  now: Date,
): Promise<{ linkId: string; sessionToken: string; expiresAt: Date }> {
  return inTransaction(db, async (trx) => {
    const { linkId } = await follow(trx, secret, token, now);
    const sessionToken = newToken();
    const expiresAt = new Date(now.getTime() + SESSION_DAYS * 86_400_000);
    await queries.insertEntry(trx, {
      ...{ tokenHash: hashToken(sessionToken), linkId },
      ...{ createdAt: now.toISOString(), expiresAt: expiresAt.toISOString() },
    });
    return { linkId, sessionToken, expiresAt };
  });
}

/**
 * What a session may answer, with what it answered before. What another session answered is not shown: a link may have
 * been handed over by somebody else.
 * @throws DomainError link_unknown
 */
export async function open(
  db: Db,
  linkId: string,
  sessionToken: string | undefined,
  now: Date,
): Promise<Asked & { answer: queries.Answer | null }> {
  if (sessionToken === undefined) throw new DomainError('link_unknown');
  const entryHash = hashToken(sessionToken);
  const asked = await queries.findEntered(db, linkId, entryHash, now.toISOString());
  if (!asked) throw new DomainError('link_unknown');
  const answer = (await queries.findOwnAnswer(db, linkId, entryHash)) ?? null;
  return { ...asked, isOpen: isOpen(asked, now), answer };
}

/**
 * Stores an answer in the place of an earlier one through the same link.
 * @throws DomainError link_unknown, usefulness_closed, score_out_of_range, comment_too_long
 */
export async function answer(
  db: Db,
  linkId: string,
  sessionToken: string | undefined,
  given: queries.Answer,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const asked = await open(trx, linkId, sessionToken, now);
    if (!asked.isOpen) throw new DomainError('usefulness_closed');
    const entryHash = hashToken(sessionToken ?? '');
    await storeAnswer(trx, { sessionId: asked.sessionId, linkId, entryHash }, given, now);
  });
}

/** Ends a session; the link starts a new one, in which the earlier answer is not shown. */
export async function leave(db: Db, sessionToken: string): Promise<void> {
  await queries.deleteEntry(db, hashToken(sessionToken));
}
