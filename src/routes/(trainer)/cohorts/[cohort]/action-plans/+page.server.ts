import * as actionPlans from '#lib/server/action-plans/service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { cohort, plans } = await orError(actionPlans.listShared(locals.app.db, signedIn(locals), params.cohort));
  return { cohort: { id: cohort.id, name: cohort.name }, plans };
};
