import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formValues } from '#lib/server/form-values.ts';
import { orError } from '#lib/server/http.ts';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import { orCountUnknown, wayOf } from '#lib/server/way.ts';
import * as setup from '#lib/server/setup/service.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const input = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254),
});

export const load: PageServerLoad = async (event) => {
  await orError(orCountUnknown(event, setup.assertSetupLink(event.locals.app.db, event.params.token)));
};

export const actions: Actions = {
  default: async ({ locals, params, request, getClientAddress }) => {
    const values = await formValues(request, input.keyof().options);
    const parsed = input.safeParse(values);
    if (!parsed.success) return fail(400, { values, errors: fieldErrors(parsed.error) });
    const { db } = locals.app;
    const making = setup.createFirstAdmin(db, params.token, parsed.data);
    const user = await orError(orCountUnknown({ getClientAddress }, making));
    await signIn.afterSetUp(db, wayOf({ locals, request, getClientAddress }), user);
    redirect(303, '/admin/examples');
  },
};
