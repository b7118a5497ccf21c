import { redirect } from '@sveltejs/kit';
import * as account from '#lib/server/accounts/account-service.ts';
import { sessionOf } from '#lib/server/way.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ locals, request }) => {
    await account.endAllSessions(locals.app.db, sessionOf(locals));
    await locals.app.auth.api.signOut({ headers: request.headers }); // takes the cookie back
    redirect(303, '/sign-in?ended');
  },
};
