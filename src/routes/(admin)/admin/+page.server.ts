import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as accounts from '#lib/server/accounts/service.ts';
import { signedIn } from '#lib/server/actor.ts';
import * as demo from '#lib/server/demo/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as progress from '#lib/server/rounds/progress-service.ts';
import { errorText } from '#lib/text/errors.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const addition = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.string().trim().min(1).max(254).pipe(z.email()),
});

export const load: PageServerLoad = async ({ locals }) => {
  const actor = signedIn(locals);
  const { db } = locals.app;
  return {
    staff: await orError(accounts.listStaff(db, actor)),
    lists: await instruments.list(db),
    open: await orError(progress.openTotals(db, actor)),
    examples: await demo.stateOf(db),
  };
};

export const actions: Actions = {
  add: async ({ locals, request }) => {
    const values = await formValues(request, addition.keyof().options);
    const parsed = addition.safeParse(values);
    if (!parsed.success) return fail(400, { values, errors: fieldErrors(parsed.error) });
    const user = await orFail(accounts.addTrainer(locals.app.db, signedIn(locals), parsed.data), values);
    if (!('id' in user)) return user;
    redirect(303, `/admin#u-${user.id}`);
  },

  signIn: async ({ locals, request }) => {
    const { db, auth, config } = locals.app;
    const { user } = await formValues(request, ['user']);
    if (!user) error(404, { message: errorText('not_found'), code: 'not_found' });
    const settings = { auth, publicUrl: config.publicUrl };
    const link = await orFail(accounts.staffSignInLink(db, signedIn(locals), settings, user), {});
    return typeof link === 'string' ? { link: { user, url: link } } : link;
  },
};
