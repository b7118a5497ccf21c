import type { RequestEvent } from '@sveltejs/kit';
import { error } from '@sveltejs/kit';
import { DomainError, statusOf } from '#lib/errors.ts';
import type { Session, Way } from '#lib/server/accounts/sign-in-service.ts';
import { networkOf } from '#lib/server/limits/network.ts';
import { keepPace } from '#lib/server/limits/pace-service.ts';
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
    client: networkOf(addressOf(getClientAddress)),
    before: locals.session,
    now: new Date(),
  };
}

/** The session of a page that the guard opens for a session only, half or whole. */
export function sessionOf(locals: App.Locals): Session {
  if (locals.session === null) error(statusOf('not_found'), { message: errorText('not_found'), code: 'not_found' });
  return locals.session;
}

/**
 * For links that anybody can try: what comes of it, and one that does not exist is counted by the client's address. Whoever
 * has one that works is let in, whatever others tried from the same school.
 * @throws TooManyAttempts in place of link_unknown, after very many
 */
export async function orCountUnknown<T>(
  { getClientAddress }: Pick<RequestEvent, 'getClientAddress'>,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof DomainError && cause.code === 'link_unknown') {
      keepPace('unknownLink', networkOf(addressOf(getClientAddress)));
    }
    throw cause;
  }
}

/** What counts as one client where somebody without a session is counted. */
export function clientOf({ getClientAddress }: Pick<RequestEvent, 'getClientAddress'>): string {
  return networkOf(addressOf(getClientAddress));
}

/** The adapter throws where a proxy should have named the client and did not. */
function addressOf(getClientAddress: () => string): string {
  try {
    return getClientAddress();
  } catch {
    return '';
  }
}
