import { error } from '@sveltejs/kit';
import { statusOf } from '#lib/errors.ts';
import type { UserActor } from '#lib/permissions.ts';
import { errorText } from '#lib/text/errors.ts';

/** Who is signed in, on a page that the guard opens for people with an account only. */
export function signedIn(locals: App.Locals): UserActor {
  if (locals.actor === null) error(statusOf('not_found'), { message: errorText('not_found'), code: 'not_found' });
  return locals.actor;
}
