import type { Cookies } from '@sveltejs/kit';
import { validate as isUuid } from 'uuid';
import { DomainError } from '#lib/errors.ts';
import type { App } from './app.ts';
import { isHttps } from './config.ts';
import { sealToken, unsealToken } from './ids.ts';
import { keepPace } from './limits/pace-service.ts';
import * as answering from './usefulness/answering-service.ts';

/** The cookie of whoever answers how useful a session was: one a link, sent to that page only (as rater.ts). */

type Event = { locals: { app: App }; cookies: Cookies };
type QuestionEvent = Event & { params: { question: string } };

const pathOf = (linkId: string) => `/useful/${linkId}`;

function nameOf({ app: { config } }: { app: App }, linkId: string): string {
  return `${isHttps(config.publicUrl) ? '__Secure-' : ''}drieluik_useful_${linkId}`;
}

/** The session that the browser has for a link, if any. The cookie is sent to the question's page only, not to the link's. */
function sessionOf({ locals, cookies }: Event, linkId: string): string | undefined {
  return unsealToken(locals.app.config.secret, cookies.get(nameOf(locals, linkId)) ?? '');
}

/**
 * Starts a session by a link, and lets the browser open its question from now on.
 * @returns where the question is
 * @throws DomainError link_unknown
 */
export async function enterByLink(event: Event, token: string, now: Date): Promise<string> {
  const { db, config } = event.locals.app;
  const entry = await answering.enter(db, config.secret, token, now);
  const path = pathOf(entry.linkId);
  event.cookies.set(nameOf(event.locals, entry.linkId), sealToken(config.secret, entry.sessionToken), {
    path,
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(config.publicUrl),
    expires: entry.expiresAt,
  });
  return path;
}

/**
 * What this request may answer, and with which session.
 * @throws DomainError link_unknown; TooManyAttempts for more than anybody does by hand
 */
export async function openQuestion(
  event: QuestionEvent,
  now: Date,
): Promise<{ question: Awaited<ReturnType<typeof answering.open>>; session: string | undefined }> {
  const { question: linkId } = event.params;
  const session = isUuid(linkId) ? sessionOf(event, linkId) : undefined;
  if (session !== undefined) keepPace('form', session);
  return { question: await answering.open(event.locals.app.db, linkId, session, now), session };
}

/**
 * Ends the session on the server and in the browser.
 * @throws DomainError link_unknown at an address that no question can have: its cookie could not have a name
 */
export async function leaveQuestion(event: QuestionEvent): Promise<void> {
  const { question: linkId } = event.params;
  if (!isUuid(linkId)) throw new DomainError('link_unknown');
  const session = sessionOf(event, linkId);
  if (session !== undefined) await answering.leave(event.locals.app.db, session);
  event.cookies.delete(nameOf(event.locals, linkId), { path: pathOf(linkId) });
}
