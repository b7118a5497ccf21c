import type { RequestEvent } from '@sveltejs/kit';
import { error } from '@sveltejs/kit';
import { statusOf } from '#lib/errors.ts';
import type { Session, Way } from '#lib/server/accounts/sign-in-service.ts';
import { errorText } from '#lib/text/errors.ts';

/** What signing in takes from a request. */
export function wayOf({
  locals,
  request,
  getClientAddress,
}: Pick<RequestEvent, 'locals' | 'request' | 'getClientAddress'>): Way {
  const { auth, config } = locals.app;
  return {
    auth,
    secret: config.secret,
    headers: request.headers,
    client: addressOf(getClientAddress),
    before: locals.session,
    now: new Date(),
  };
}

/** The session of a page that the guard opens for a session only, half or whole. */
export function sessionOf(locals: App.Locals): Session {
  if (locals.session === null) error(statusOf('not_found'), { message: errorText('not_found'), code: 'not_found' });
  return locals.session;
}

/** The adapter throws where a proxy should have named the client and did not. */
function addressOf(getClientAddress: () => string): string {
  try {
    return getClientAddress();
  } catch {
    return '';
  }
}
