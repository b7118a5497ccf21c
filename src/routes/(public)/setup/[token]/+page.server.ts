import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formValues } from '#lib/server/form-values.ts';
import { orError } from '#lib/server/http.ts';
import { signInToken, signInWith } from '#lib/server/auth/auth.ts';
import * as setup from '#lib/server/setup/service.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

const input = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254),
});

export const load: PageServerLoad = async ({ locals, params }) => {
  await orError(setup.assertSetupLink(locals.app.db, params.token));
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const values = await formValues(request, input.keyof().options);
    const parsed = input.safeParse(values);
    if (!parsed.success) return fail(400, { values, errors: fieldErrors(parsed.error) });
    const { auth, db } = locals.app;
    const user = await orError(setup.createFirstAdmin(db, params.token, parsed.data));
    const isIn = await signInWith(auth, await signInToken(auth, user.email), request.headers);
    if (!isIn) error(404, { message: errorText('link_unknown'), code: 'link_unknown' });
    redirect(303, '/admin/examples');
  },
};
