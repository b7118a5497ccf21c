import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { readDates } from '#lib/server/date-form.ts';
import { dayOf, parseDay } from '#lib/server/days.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const page = await orError(rounds.previewReopening(locals.app.db, signedIn(locals), params.round));
  if (page.round.status !== 'closed') redirect(303, `/rounds/${params.round}`);
  const today = dayOf(new Date());
  // The day that was meant before, where it can still come: typed too late at the dates, or planned.
  const meant = parseDay(url.searchParams.get('closesOn') ?? '') ?? page.round.closesOn;
  return { ...page, today, closesOn: meant !== null && meant >= today ? meant : '' };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const values = await formValues(request, ['closesOn']);
    const now = new Date();
    const read = readDates(values, rounds.BY_HAND, now);
    if ('errors' in read) return fail(400, { values, errors: read.errors });
    const { closesOn } = read.dates;
    if (closesOn === null) return fail(400, { values, errors: { closesOn: m.field_error_empty() } });
    const { db, config } = locals.app;
    const reopening = rounds.reopen(db, signedIn(locals), config.secret, params.round, closesOn, now);
    const refused = await orFail(reopening, values);
    if (refused) return refused;
    redirect(303, withDone(`/rounds/${params.round}`, 'reopened'));
  },
};
