import { redirect } from '@sveltejs/kit';
import * as people from '#lib/server/accounts/people-service.ts';
import * as roles from '#lib/server/accounts/roles-service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = signedIn(locals);
  const { db } = locals.app;
  const now = new Date();
  const person = await orError(people.get(db, actor, params.user, now));
  return { person, withoutTrainer: await people.leftWithoutTrainer(db, actor, params.user, [], now) };
};

export const actions: Actions = {
  default: async ({ locals, params }) => {
    const refused = await orFail(roles.block(locals.app.db, signedIn(locals), params.user), {});
    if (refused) return refused;
    redirect(303, withDone('/admin/people', 'blocked'));
  },
};
