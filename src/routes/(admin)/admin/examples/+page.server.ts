import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as demo from '#lib/server/demo/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orFail } from '#lib/server/http.ts';
import type { Actions, PageServerLoad } from './$types';

/** The choice that follows on making the first administrator; later it is reached from the administration. */
export const load: PageServerLoad = async ({ locals }) => {
  const { db, config } = locals.app;
  if ((await demo.stateOf(db)) !== 'absent') redirect(303, '/');
  return { name: signedIn(locals).name, publicAddress: demo.isLocal(config.publicUrl) ? null : config.publicUrl };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const { db, config } = locals.app;
    const values = await formValues(request, ['evenHere']);
    const loading = demo.load(db, signedIn(locals), config, { evenHere: values.evenHere === 'yes' });
    const done = await orFail(loading, values);
    // Whether this press loaded it or one before: it is there.
    if (typeof done !== 'boolean') return done;
    redirect(303, '/');
  },
};
