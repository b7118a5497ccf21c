import { redirect } from '@sveltejs/kit';
import * as actionPlans from '#lib/server/action-plans/service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { cohort, plan } = await orError(actionPlans.own(locals.app.db, signedIn(locals), params.cohort));
  if (plan === null) redirect(303, `/action-plans/${cohort.id}`);
  return { cohort, plan: { goal: plan.goal, version: plan.version } };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { version } = await formValues(request, ['version']);
    const work = actionPlans.remove(locals.app.db, signedIn(locals), params.cohort, versionOf.parse(version));
    const refused = await orFail(work, {});
    if (refused) return refused;
    redirect(303, withDone(`/action-plans/${params.cohort}`, 'removed'));
  },
};
