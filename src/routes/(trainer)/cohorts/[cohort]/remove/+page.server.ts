import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as removal from '#lib/server/participants/removal-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const cohort = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  return {
    cohort,
    mayRemove: await removal.mayRemove(db, cohort.id),
    schools: (await cohorts.listSeries(db, cohort.id)).length,
    rounds: (await rounds.list(db, cohort.id)).length,
  };
};

export const actions: Actions = {
  default: async ({ locals, params }) => {
    const refused = await orFail(removal.remove(locals.app.db, signedIn(locals), params.cohort), {});
    if (refused) return refused;
    redirect(303, withDone('/cohorts', 'removed'));
  },
};
