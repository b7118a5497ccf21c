import { redirect } from '@sveltejs/kit';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import { orRefuse } from '#lib/server/http.ts';
import { wayOf } from '#lib/server/way.ts';
import { SIGN_IN } from '#lib/server/guard.ts';
import { pathIn, withPath } from '#lib/server/own-path.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ again: withPath(SIGN_IN, pathIn(url)) });

// GET changes nothing: mail scanners open links too. The button's POST uses the link up.
export const actions: Actions = {
  default: async (event) => {
    const refused = await orRefuse(signIn.withLink(event.locals.app.db, wayOf(event), event.params.token));
    if (refused) return refused;
    redirect(303, pathIn(event.url));
  },
};
