import { error, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as participants from '#lib/server/participants/service.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

type Params = { cohort: string; series: string; member: string };

/** The member of this very team of this very cohort; anything else is not there. */
async function memberOf(locals: App.Locals, params: Params) {
  const actor = signedIn(locals);
  const cohort = await orError(cohorts.get(locals.app.db, actor, params.cohort));
  const series = await orError(cohorts.getSeries(locals.app.db, actor, params.series));
  const member = series.team.find(({ id, role }) => id === params.member && role !== 'ib');
  if (series.cohortId !== cohort.id || !member) error(404, { message: errorText('not_found'), code: 'not_found' });
  return { cohort, series, member };
}

export const load: PageServerLoad = ({ locals, params }) => memberOf(locals, params);

export const actions: Actions = {
  default: async ({ locals, params }) => {
    const { member } = await memberOf(locals, params);
    const refused = await orFail(participants.removeRater(locals.app.db, signedIn(locals), member.id), {});
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}/series/${params.series}`, 'removed'));
  },
};
