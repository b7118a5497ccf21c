import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as withdrawing from '#lib/server/registrations/withdrawing-service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = signedIn(locals);
  const { db } = locals.app;
  const entry = await orError(withdrawing.getEntry(db, actor, params.cohort, params.entry));
  const { id, name } = await cohorts.get(db, actor, params.cohort);
  if (entry.withdrawnAt !== null) redirect(303, `/cohorts/${id}/registration`);
  return { cohort: { id, name }, school: entry.school.name, isPlaced: entry.placedAt !== null };
};

export const actions: Actions = {
  default: async ({ locals, params }) => {
    const { cohort, entry } = params;
    const refused = await orFail(withdrawing.withdraw(locals.app.db, signedIn(locals), cohort, entry, new Date()), {});
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${cohort}/registration`, 'registration_withdrawn'));
  },
};
