import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orFail } from '#lib/server/http.ts';
import { ownSeries } from '#lib/server/own-series.ts';
import * as participants from '#lib/server/participants/series-service.ts';
import * as membership from '#lib/server/rounds/membership-service.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

const input = z.object({ to: z.string().min(1), version: z.string().optional() });

export const load: PageServerLoad = async ({ locals, params }) => {
  const { actor, cohort, series } = await ownSeries(locals, params);
  const { db } = locals.app;
  const others = (await cohorts.listOwn(db, actor)).filter(({ id }) => id !== cohort.id);
  return {
    ...{ cohort, series, isMeasured: await membership.isMeasured(db, series) },
    others: others.map(({ id, name, programmeName }) => ({ id, name, programmeName })),
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { actor, series } = await ownSeries(locals, params);
    const { db, config } = locals.app;
    const values = await formValues(request, input.keyof().options);
    const parsed = input.safeParse(values);
    if (!parsed.success) return fail(400, { values, errors: { to: m.choose_one() } });
    const { to } = parsed.data;
    const at = { seriesId: series.id, version: Number(values.version) };
    const refused = await orFail(participants.move(db, actor, config.secret, at, to, new Date()), values);
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${to}/series/${series.id}`, 'moved'));
  },
};
