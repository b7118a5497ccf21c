import { DomainError } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import { may, type Actor, type UserActor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { MailConfig } from '#lib/server/config.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import * as queries from './admin-queries.ts';
import { compose, type Writing } from './compose-service.ts';
import { toText, type Letter } from './letter.ts';
import { enqueue } from './outbox-service.ts';
import { findWaiting, hasBegun } from './outgoing-queries.ts';
import { hostOf } from './smtp.ts';
import { findTrouble, type Trouble } from './trouble-service.ts';

export type { ListedMail } from './admin-queries.ts';

/** So many mails of a kind are listed. */
const LISTED = 50;
/** A mail that waits longer than this needs somebody's attention. */
const LATE = 3_600_000;

export type MailOverview = {
  /** The mail server's name and port; null where mail is not set up. */
  host: string | null;
  /** Why no mail can go at all just now, as whichever process sends found it; null when nothing is known to be wrong. */
  trouble: Trouble | null;
  counts: queries.Counts;
  /** `isReadable`: `read` shows what it says. */
  waiting: (queries.ListedMail & { isReadable: boolean })[];
  failed: queries.ListedMail[];
  /** The last test mail that the reader asked for. */
  test: queries.ListedMail | null;
};

/**
 * How the mail of the whole server is.
 * @throws DomainError forbidden
 */
export async function overview(db: Db, actor: UserActor, mail: MailConfig | null, now: Date): Promise<MailOverview> {
  mayManage(actor);
  const waiting = await queries.listMails(db, 'waiting', LISTED);
  return {
    host: mail === null ? null : hostOf(mail),
    trouble: mail === null ? null : await findTrouble(db, now),
    counts: await queries.countMails(db, new Date(now.getTime() - LATE).toISOString()),
    waiting: waiting.map((each) => ({ ...each, isReadable: isReadable(each) })),
    failed: await queries.listMails(db, 'failed', LISTED),
    test: (await queries.findLastTest(db, actor.userId)) ?? null,
  };
}

/**
 * Asks for a test mail to the own address.
 * @throws DomainError forbidden
 */
export async function askTest(db: Db, actor: UserActor, now: Date): Promise<void> {
  mayManage(actor);
  await db.transaction().execute(async (trx) => {
    const to = { userId: actor.userId };
    await enqueue(trx, { template: 'test', to, about: {}, roundId: null, onceKey: `test:${newId()}` }, now);
    await audit.record(trx, actor, 'mail.test_asked', { type: 'user', id: actor.userId });
  });
}

/** What a waiting mail says; null where it has nothing to say any more, and will not go. */
export type ReadMail = { id: string; to: string; subject: string; text: string } | null;

/**
 * A mail that waits, as it would go now, for an administrator who has to hand it over; written to the audit log. Nobody
 * reads a sign-in mail, and a link to answers is left out (rules.md, Links and mail).
 * @throws DomainError forbidden; not_found when it does not wait, or signs somebody in
 */
export async function read(db: Db, actor: Actor, writing: Omit<Writing, 'db' | 'signInLink'>, id: string, now: Date) {
  mayManage(actor);
  const mail = await findWaiting(db, id);
  if (!mail || !isReadable(mail)) throw new DomainError('not_found');
  const signInLink = () => Promise.reject(new DomainError('forbidden'));
  const composed = await compose({ ...writing, db, signInLink }, mail, now);
  await audit.record(db, actor, 'mail.read', { type: 'mail', id });
  if (composed.kind !== 'ready') return null;
  // A link is shown to be handed over; where somebody has begun to answer, it opens answers.
  const opensAnswers = mail.template === 'receipt' || (await hasBegun(db, id));
  const letter = opensAnswers ? withoutLinks(composed.letter) : composed.letter;
  return { id, to: composed.to.email, subject: letter.subject, text: toText(letter) } satisfies ReadMail;
}

/** A mail with a sign-in link is read by nobody: whoever has that link is the account. */
function isReadable({ template }: Pick<queries.ListedMail, 'template'>): boolean {
  return template !== 'sign_in' && template !== 'account_added';
}

function withoutLinks(letter: Letter): Letter {
  const url = m.mail_link_hidden({}, { locale: letter.language });
  return { ...letter, parts: letter.parts.map((part) => (part.kind === 'link' ? { ...part, url } : part)) };
}

function mayManage(actor: Actor): void {
  if (!may(actor, 'manage_mail')) throw new DomainError('forbidden');
}
