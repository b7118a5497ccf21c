import { redirect } from '@sveltejs/kit';
import { formValues } from '#lib/server/form-values.ts';
import { orFail } from '#lib/server/http.ts';
import { ownSeries } from '#lib/server/own-series.ts';
import * as participants from '#lib/server/participants/series-service.ts';
import * as membership from '#lib/server/rounds/membership-service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { cohort, series } = await ownSeries(locals, params);
  if (series.leftAt !== null) redirect(303, `/cohorts/${cohort.id}/series/${series.id}`);
  return { cohort, series, ends: await membership.whatLeavingEnds(locals.app.db, series) };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { actor, series } = await ownSeries(locals, params);
    const { version } = await formValues(request, ['version']);
    const at = { seriesId: series.id, version: Number(version) };
    const refused = await orFail(participants.leave(locals.app.db, actor, at, new Date()), {});
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}/series/${params.series}`));
  },
};
