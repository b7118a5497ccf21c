import { fail, redirect } from '@sveltejs/kit';
import { errorText } from '#lib/text/errors.ts';
import { signInWith } from '#lib/server/auth/auth.ts';
import type { Actions } from './$types';

// GET changes nothing: mail scanners open links too. The button's POST uses the link up.
export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const isIn = await signInWith(locals.app.auth, params.token, request.headers);
    if (!isIn) return fail(404, { message: errorText('sign_in_link_used') });
    redirect(303, '/');
  },
};
