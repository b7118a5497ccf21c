import { redirect } from '@sveltejs/kit';
import * as account from '#lib/server/accounts/account-service.ts';
import { FORGET_PAGES } from '#lib/server/caching.ts';
import { sessionOf } from '#lib/server/way.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ locals, request, setHeaders }) => {
    await account.endAllSessions(locals.app.db, sessionOf(locals));
    await locals.app.auth.api.signOut({ headers: request.headers }); // takes the cookie back
    setHeaders(FORGET_PAGES);
    redirect(303, '/sign-in?ended');
  },
};
