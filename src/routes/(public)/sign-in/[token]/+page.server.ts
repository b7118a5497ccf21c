import { redirect } from '@sveltejs/kit';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import { orRefuse } from '#lib/server/http.ts';
import { wayOf } from '#lib/server/way.ts';
import type { Actions } from './$types';

// GET changes nothing: mail scanners open links too. The button's POST uses the link up.
export const actions: Actions = {
  default: async (event) => {
    const refused = await orRefuse(signIn.withLink(event.locals.app.db, wayOf(event), event.params.token));
    if (refused) return refused;
    redirect(303, '/');
  },
};
