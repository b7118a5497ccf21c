import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { statusOf } from '#lib/errors.ts';
import { isFresh, type Session } from '#lib/server/accounts/sign-in-service.ts';
import { withPath } from '#lib/server/own-path.ts';
import { sessionOf } from '#lib/server/way.ts';
import { errorText } from '#lib/text/errors.ts';

/** The session of somebody of whom a second factor is asked; such pages are not there for anybody else. */
export function guardedSession(locals: App.Locals): Session {
  const session = sessionOf(locals);
  if (session.standing !== 'staff')
    error(statusOf('not_found'), { message: errorText('not_found'), code: 'not_found' });
  return session;
}

/** The same, of somebody who has just given it; whoever has not does so first, and comes back. */
export function freshSession({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>, now: Date): Session {
  const session = guardedSession(locals);
  if (!isFresh(session, now)) redirect(303, withPath('/account/confirm', url.pathname));
  return session;
}
