import { mayShowAnswers } from '#lib/disclosure/usefulness.ts';
import { DomainError } from '#lib/errors.ts';
import { COMMENT_LENGTH } from '#lib/form/answer.ts';
import type { Actor } from '#lib/permissions.ts';
import { MOST_USEFUL, spreadOf, type Spread } from '#lib/programme/usefulness.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, newId, usefulnessToken } from '#lib/server/ids.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import { isOpen, linkOf } from './links-service.ts';
import { onceKeyOf } from './once-key.ts';
import * as queries from './queries.ts';

/** How long participants may answer, and change what they answered, unless the trainer closes the question before. */
const OPEN_DAYS = 30;

/** The question about a session as its trainer sees it: never who answered, nor what. */
export type Question = {
  askedAt: string;
  closesAt: string;
  isOpen: boolean;
  /** Who was asked, and can be given the link by hand. `fault`: why the mail with it did not arrive; null where it did, or none went. */
  asked: { personId: string; name: string | null; hasAddress: boolean; fault: string | null }[];
  /** How many of those who were there were not asked yet. */
  unasked: number;
  /** How many answers came in. */
  answered: number;
  /** Whether links went, of who was erased or at the end of the term: then nobody knows of how many the answers are. */
  hasLost: boolean;
  /** Whether no words are shown any more, since somebody who was asked is erased. */
  textsWithheld: boolean;
  /** What is shown; null below five answers. `later` of the answers came in or changed since and are not in it. */
  shown: (Spread & { useful: string[]; more: string[]; later: number }) | null;
};

/**
 * How useful a session was, for the cohort's trainer; null as long as nobody was asked.
 * @throws DomainError not_found, forbidden
 */
export async function ofSession(
  db: Db,
  actor: Actor,
  cohortId: string,
  sessionId: string,
  now: Date,
): Promise<Question | null> {
  await attendance.assertOwn(db, actor, cohortId, sessionId);
  const question = await queries.findQuestion(db, sessionId);
  if (!question) return null;
  const rows = await queries.listShown(db, { sessionId });
  const links = await queries.listLinks(db, sessionId);
  return {
    ...{ askedAt: question.askedAt, closesAt: question.closedAt ?? question.closesAt, isOpen: isOpen(question, now) },
    asked: links.map(({ personId, name, email, fault }) => ({ personId, name, hasAddress: email !== null, fault })),
    unasked: await queries.countUnasked(db, sessionId),
    answered: rows.length,
    hasLost: question.textsWithheld || rows.some(({ isLost }) => isLost),
    textsWithheld: question.textsWithheld,
    shown: shownOf(question.textsWithheld ? rows.map((row) => ({ ...row, useful: null, more: null })) : rows),
  };
}

/** The spread of each session of a cohort that shows one. The caller has seen to the right to know. */
export async function spreadsOf(db: Db, cohortId: string): Promise<Map<string, Spread>> {
  const spreads = new Map<string, Spread>();
  for (const [id, rows] of Map.groupBy(await queries.listShown(db, { cohortId }), ({ sessionId }) => sessionId)) {
    const spread = spreadOf(rows.map(({ value }) => value).filter((value) => value !== null));
    if (spread !== null) spreads.set(id, spread);
  }
  return spreads;
}

/** Texts in the order of the alphabet: that of coming in would tell who. */
function shownOf(rows: readonly queries.ShownRow[]): Question['shown'] {
  const spread = spreadOf(rows.map(({ value }) => value).filter((value) => value !== null));
  if (spread === null) return null;
  const texts = (all: (string | null)[]) => all.filter((text) => text !== null && text !== '') as string[];
  const inOrder = (all: string[]) => all.toSorted((a, b) => a.localeCompare(b, 'nl'));
  return {
    ...spread,
    useful: inOrder(texts(rows.map(({ useful }) => useful))),
    more: inOrder(texts(rows.map(({ more }) => more))),
    later: rows.filter(({ isFresh }) => isFresh).length,
  };
}

/**
 * Asks everybody who was there and was not asked before: by mail where mail is set up and there is an address.
 * @param settings.mail null where no mail is set up: then the trainer hands over the links
 * @returns how many were asked now
 * @throws DomainError not_found, forbidden, session_ahead, session_cancelled, usefulness_closed, nobody_present
 */
export async function ask(
  db: Db,
  actor: Actor,
  settings: { secret: string; mail: object | null },
  cohortId: string,
  sessionId: string,
  now: Date,
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { session, people } = await attendance.open(trx, actor, cohortId, sessionId, now);
    if (session.cancelledAt !== null) throw new DomainError('session_cancelled');
    if (session.state === 'ahead') throw new DomainError('session_ahead');
    const present = people.filter(({ presence }) => presence === 'present');
    if (present.length === 0) throw new DomainError('nobody_present');
    await ensureQuestion(trx, sessionId, now);
    const asked = new Set((await queries.listLinks(trx, sessionId)).map(({ personId }) => personId));
    const fresh = present.filter(({ personId }) => !asked.has(personId));
    for (const { personId } of fresh) await askOne(trx, settings, { sessionId, personId }, now);
    const object = { type: 'training_session', id: sessionId } as const;
    if (fresh.length > 0) await audit.record(trx, actor, 'usefulness.asked', object, { people: fresh.length });
    return fresh.length;
  });
}

async function ensureQuestion(trx: Db, sessionId: string, now: Date): Promise<void> {
  const question = await queries.findQuestion(trx, sessionId);
  if (question && !isOpen(question, now)) throw new DomainError('usefulness_closed');
  if (question) return;
  const closesAt = new Date(now.getTime() + OPEN_DAYS * 86_400_000).toISOString();
  await queries.insertQuestion(trx, { sessionId, askedAt: now.toISOString(), closesAt, closedAt: null });
}

async function askOne(
  trx: Db,
  { secret, mail }: { secret: string; mail: object | null },
  { sessionId, personId }: { sessionId: string; personId: string },
  now: Date,
): Promise<void> {
  const id = newId();
  const tokenHash = hashToken(usefulnessToken(secret, id));
  await queries.insertLink(trx, { id, sessionId, personId, tokenHash, createdAt: now.toISOString() });
  if (mail === null) return;
  // An invitation of its own kind: what it asks is known by its link (mail/compose-service.ts).
  const about = { usefulness: id };
  const onceKey = onceKeyOf(id);
  await outbox.enqueue(trx, { template: 'invitation', to: { personId }, about, roundId: null, onceKey }, now);
}

/**
 * Mails somebody the question once more whose mail failed, to the address of now. Where no mail failed, or it waits again already,
 * nothing happens.
 * @throws DomainError not_found (also of somebody who was not asked), forbidden, usefulness_closed
 */
export async function mailAgain(
  db: Db,
  actor: Actor,
  at: { cohortId: string; sessionId: string; personId: string },
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const link = await openLink(trx, actor, at, now);
    if ((await outbox.retryFailed(trx, [{ onceKey: onceKeyOf(link.id) }], now)) === 0) return;
    const object = { type: 'training_session', id: at.sessionId } as const;
    await audit.record(trx, actor, 'mail.retried', object, { person: at.personId });
  });
}

/** Somebody's link to a question that is open. @throws DomainError not_found, forbidden, usefulness_closed */
async function openLink(
  trx: Db,
  actor: Actor,
  { cohortId, sessionId, personId }: { cohortId: string; sessionId: string; personId: string },
  now: Date,
): Promise<queries.LinkRow> {
  await attendance.assertOwn(trx, actor, cohortId, sessionId);
  const link = (await queries.listLinks(trx, sessionId)).find((each) => each.personId === personId);
  const question = await queries.findQuestion(trx, sessionId);
  if (!link || !question) throw new DomainError('not_found');
  if (!isOpen(question, now)) throw new DomainError('usefulness_closed');
  return link;
}

/**
 * Somebody's link, for the trainer to hand over; written to the log. It opens the question and no answer: an answer is
 * shown again only in the browser that gave it. Whoever holds a link can answer by it, and with enough answers of one's own
 * those of others show; so there is none of who got it by mail, nor of who answered.
 * @param settings.mail null where no mail is set up
 * @throws DomainError not_found (also of somebody who was not asked), forbidden, usefulness_closed, usefulness_mailed,
 *   usefulness_answered
 */
export async function copyLink(
  db: Db,
  actor: Actor,
  settings: { secret: string; publicUrl: string; mail: object | null },
  at: { cohortId: string; sessionId: string; personId: string },
  now: Date,
): Promise<string> {
  const { sessionId, personId } = at;
  return inTransaction(db, async (trx) => {
    const link = await openLink(trx, actor, at, now);
    if (settings.mail !== null && link.email !== null) throw new DomainError('usefulness_mailed');
    if (await queries.hasAnswer(trx, link.id)) throw new DomainError('usefulness_answered');
    const object = { type: 'training_session', id: sessionId } as const;
    await audit.record(trx, actor, 'usefulness.link_copied', object, { person: personId });
    return linkOf(trx, settings, link.id);
  });
}

/**
 * Ends the question: nobody answers any more, and what may be shown is. Once more is harmless.
 * @throws DomainError not_found (also where nobody was asked), forbidden
 */
export async function close(db: Db, actor: Actor, cohortId: string, sessionId: string, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    await attendance.assertOwn(trx, actor, cohortId, sessionId);
    const question = await queries.findQuestion(trx, sessionId);
    if (!question) throw new DomainError('not_found');
    if (!isOpen(question, now)) return;
    await queries.closeQuestion(trx, sessionId, now.toISOString());
    await audit.record(trx, actor, 'usefulness.closed', { type: 'training_session', id: sessionId });
  });
}

/** Stores what somebody who was asked answered; for the demonstration, in which nobody opens a link. */
export async function fillIn(
  trx: Db,
  sessionId: string,
  personId: string,
  answer: queries.Answer,
  now: Date,
): Promise<void> {
  const link = (await queries.listLinks(trx, sessionId)).find((each) => each.personId === personId);
  if (!link) throw new DomainError('not_found');
  await storeAnswer(trx, { sessionId, linkId: link.id, entryHash: '' }, answer, now);
}

/** Stores an answer, and shows what may be shown by then (disclosure/usefulness.ts). */
export async function storeAnswer(
  trx: Db,
  asked: { sessionId: string; linkId: string; entryHash: string },
  answer: queries.Answer,
  now: Date,
): Promise<void> {
  const { value, useful, more } = answer;
  if (!Number.isInteger(value) || value < 0 || value > MOST_USEFUL) throw new DomainError('score_out_of_range');
  if (useful.length > COMMENT_LENGTH || more.length > COMMENT_LENGTH) throw new DomainError('comment_too_long');
  await queries.putAnswer(trx, { ...asked, ...answer, at: now.toISOString() });
  const rows = await queries.listShown(trx, asked);
  const shown = rows.filter((row) => row.value !== null).length;
  const fresh = rows.filter(({ isFresh }) => isFresh).length;
  if (mayShowAnswers({ shown, fresh })) await queries.showAll(trx, asked.sessionId);
}
