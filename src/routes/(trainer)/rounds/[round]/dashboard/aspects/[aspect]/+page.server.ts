import { redirect } from '@sveltejs/kit';
import { toAspect } from '#lib/dashboard-page/to-aspect.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import { signedIn } from '#lib/server/actor.ts';
import * as dashboards from '#lib/server/dashboard/service.ts';
import { orError } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = signedIn(locals);
  const found = await orError(dashboards.withRounds(locals.app.readDb, actor, params.round, params.aspect));
  if (found === null || found.figures.schools < LIMITS.minSchools) {
    redirect(303, `/rounds/${params.round}/dashboard`); // which says when it comes, or why there is nothing
  }
  return orError(Promise.try(() => toAspect(found, params.aspect, locals.locale)));
};
