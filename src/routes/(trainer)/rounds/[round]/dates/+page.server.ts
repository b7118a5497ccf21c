import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { DATE_FIELDS, readDates } from '#lib/server/date-form.ts';
import { dayOf } from '#lib/server/days.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { overview } from '#lib/server/rounds/progress-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { round, cohort } = await orError(overview(locals.app.db, signedIn(locals), params.round));
  return { round, cohort, today: dayOf(new Date()) };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { db } = locals.app;
    const actor = signedIn(locals);
    const values = await formValues(request, [...DATE_FIELDS, 'version']);
    const now = new Date();
    const read = readDates(values, await orError(rounds.get(db, actor, params.round)), now);
    if ('errors' in read) return fail(400, { values, errors: read.errors });
    const version = versionOf.parse(values.version);
    const refused = await orFail(rounds.changeDates(db, actor, params.round, version, read.dates, now), values);
    if (refused) return refused;
    redirect(303, withDone(`/rounds/${params.round}`));
  },
};
