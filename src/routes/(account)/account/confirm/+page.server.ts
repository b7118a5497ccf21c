import { redirect } from '@sveltejs/kit';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import { guardedSession } from '#lib/server/fresh.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orRefuse } from '#lib/server/http.ts';
import { pathIn } from '#lib/server/own-path.ts';
import { wayOf } from '#lib/server/way.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  guardedSession(locals);
};

export const actions: Actions = {
  default: async (event) => {
    const { code } = await formValues(event.request, ['code']);
    const { db } = event.locals.app;
    const refused = await orRefuse(signIn.withCode(db, wayOf(event), guardedSession(event.locals), code ?? ''));
    if (refused) return refused;
    redirect(303, pathIn(event.url));
  },
};
