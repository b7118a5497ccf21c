import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import { readForm } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** Ids come from the page's own boxes; whether they are there, the service asks. */
const ids = z.array(z.string().min(1).max(64)).max(500).catch([]);

/** The address says which report: that of one school, or all that are not released. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const found = await orError(rounds.releasable(locals.app.db, signedIn(locals), params.round));
  const { round, cohort } = found;
  const school = url.searchParams.get('school');
  const reports = found.reports.filter(({ schoolRoundId }) => school === null || schoolRoundId === school);
  if (round.status !== 'closed' || found.reports.length === 0) redirect(303, `/rounds/${params.round}`);
  if (reports.length === 0) error(404, { message: errorText('not_found'), code: 'not_found' });
  const isMailUnset = locals.app.config.mail === null;
  return { round, cohort, reports, isOne: school !== null, isMailUnset };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const schools = ids.parse((await readForm(request)).getAll('school'));
    const { db } = locals.app;
    const refused = await orFail(rounds.release(db, signedIn(locals), params.round, schools), {});
    if (refused) return refused;
    if (schools.length === 0) return fail(400, { errors: { schools: m.release_none() } });
    const one = url.searchParams.get('school');
    redirect(303, withDone(`/rounds/${params.round}${one === null ? '' : `#s-${schools[0]}`}`, 'released'));
  },
};
