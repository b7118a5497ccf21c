import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as demo from '#lib/server/demo/service.ts';
import { orFail } from '#lib/server/http.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { db } = locals.app;
  if ((await demo.stateOf(db)) !== 'loaded') redirect(303, '/admin');
  return { isOwnAccount: await demo.isAccount(db, signedIn(locals).userId) };
};

export const actions: Actions = {
  default: async ({ locals }) => {
    const { db } = locals.app;
    const actor = signedIn(locals);
    const isOwnAccount = await demo.isAccount(db, actor.userId);
    const done = await orFail(demo.remove(db, actor), {});
    if (typeof done !== 'boolean') return done;
    redirect(303, isOwnAccount ? '/' : withDone('/admin#examples', 'removed'));
  },
};
