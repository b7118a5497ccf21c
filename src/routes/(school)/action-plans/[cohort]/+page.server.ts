import { redirect } from '@sveltejs/kit';
import * as actionPlans from '#lib/server/action-plans/service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => {
  return orError(actionPlans.own(locals.app.readDb, signedIn(locals), params.cohort));
};

export const actions: Actions = {
  tick: async ({ locals, params, request }) => {
    const { step = '', done } = await formValues(request, ['step', 'done']);
    const ticked = { stepId: step, isDone: done === 'yes' };
    const work = actionPlans.tick(locals.app.db, signedIn(locals), params.cohort, ticked, new Date());
    const refused = await orFail(work, {});
    if (refused) return refused;
    redirect(303, `/action-plans/${params.cohort}#step-${step}`);
  },

  share: async ({ locals, params, request }) => {
    const isShared = (await formValues(request, ['shared'])).shared === 'yes';
    const work = actionPlans.share(locals.app.db, signedIn(locals), params.cohort, isShared, new Date());
    const refused = await orFail(work, {});
    if (refused) return refused;
    redirect(303, withDone(`/action-plans/${params.cohort}`, isShared ? 'action_plan_shared' : 'action_plan_own'));
  },
};
