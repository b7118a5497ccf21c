import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { overview } from '#lib/server/rounds/progress-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { round, cohort } = await orError(overview(locals.app.db, signedIn(locals), params.round));
  if (round.status !== 'planned') redirect(303, `/rounds/${params.round}`);
  return { round, cohort };
};

export const actions: Actions = {
  default: async ({ locals, params }) => {
    const { cohort } = await orError(overview(locals.app.db, signedIn(locals), params.round));
    const refused = await orFail(rounds.cancel(locals.app.db, signedIn(locals), params.round), {});
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${cohort.id}`, 'cancelled'));
  },
};
