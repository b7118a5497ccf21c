import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as removal from '#lib/server/participants/removal-service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
  orError(removal.whatGoes(locals.app.db, signedIn(locals), params.cohort));

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { version = '' } = await formValues(request, ['version']);
    const refused = await orFail(removal.remove(locals.app.db, signedIn(locals), params.cohort, version), {});
    if (refused) return refused;
    redirect(303, withDone('/cohorts', 'removed'));
  },
};
