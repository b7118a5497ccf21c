import { fail, redirect } from '@sveltejs/kit';
import { actionPlanValues, readActionPlan } from '#lib/server/action-plan-form.ts';
import * as actionPlans from '#lib/server/action-plans/service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { dayOf } from '#lib/server/days.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { cohort, readyOn, plan } = await orError(actionPlans.own(locals.app.db, signedIn(locals), params.cohort));
  const values = plan === null ? {} : actionPlanValues(plan);
  return { cohort, readyOn, version: plan?.version ?? 0, values };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { db } = locals.app;
    const actor = signedIn(locals);
    const now = new Date();
    const read = await readActionPlan(request, dayOf(now));
    if (read.plan === null) {
      await orError(actionPlans.own(db, actor, params.cohort));
      return fail(400, { values: read.values, errors: read.errors });
    }
    const work = actionPlans.save(db, actor, params.cohort, read.version, read.plan, now);
    const refused = await orFail(work, read.values);
    if (refused) return refused;
    redirect(303, withDone(`/action-plans/${params.cohort}`));
  },
};
