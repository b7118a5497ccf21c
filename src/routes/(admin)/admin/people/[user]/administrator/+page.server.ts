import { error, redirect } from '@sveltejs/kit';
import * as people from '#lib/server/accounts/people-service.ts';
import * as roles from '#lib/server/accounts/roles-service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const person = await orError(people.get(locals.app.db, signedIn(locals), params.user, new Date()));
  if (!person.chosen.admin) error(404, { message: errorText('not_found'), code: 'not_found' });
  return { person };
};

export const actions: Actions = {
  default: async ({ locals, params }) => {
    const refused = await orFail(roles.takeAdmin(locals.app.db, signedIn(locals), params.user), {});
    if (refused) return refused;
    redirect(303, withDone(`/admin/people/${params.user}`, 'admin_taken'));
  },
};
