import { error, redirect } from '@sveltejs/kit';
import { formValues } from '#lib/server/form-values.ts';
import { orFail } from '#lib/server/http.ts';
import { ownSeries } from '#lib/server/own-series.ts';
import * as participants from '#lib/server/participants/service.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

type Params = { cohort: string; series: string; member: string };

/** The member of this very team of this very cohort, but the IB'er; anything else is not there. */
async function memberOf(locals: App.Locals, params: Params) {
  const { actor, cohort, series } = await ownSeries(locals, params);
  const member = series.team.find(({ id, role }) => id === params.member && role !== 'ib');
  if (!member) error(404, { message: errorText('not_found'), code: 'not_found' });
  return { actor, cohort, series, member };
}

export const load: PageServerLoad = async ({ locals, params }) => {
  const { cohort, series, member } = await memberOf(locals, params);
  return { cohort, series, member };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { actor, series, member } = await memberOf(locals, params);
    const { version } = await formValues(request, ['version']);
    const seen = { seriesId: series.id, version: Number(version) };
    const refused = await orFail(participants.removeRater(locals.app.db, actor, member.id, seen), {});
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}/series/${params.series}`, 'removed'));
  },
};
