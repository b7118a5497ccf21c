import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import { overview } from '#lib/server/rounds/progress-service.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** The school that is open on the page to go back to. */
const openSchool = z.uuid().nullable().catch(null);

export const load: PageServerLoad = async ({ locals, params }) => {
  const { round, cohort, schools } = await orError(overview(locals.app.db, signedIn(locals), params.round));
  const rater = schools.flatMap(({ raters }) => raters).find(({ invitationId }) => invitationId === params.invitation);
  if (!rater) error(404, { message: errorText('not_found'), code: 'not_found' });
  if (round.status !== 'open' || rater.status !== 'submitted') redirect(303, `/rounds/${params.round}`);
  const code = await orError(invitations.reopeningRefused(locals.app.db, signedIn(locals), params.invitation));
  const refused = code === null ? null : errorText(code);
  return { round, cohort, rater: { name: rater.name, role: rater.role }, refused };
};

export const actions: Actions = {
  default: async ({ locals, params, url }) => {
    const refused = await orFail(invitations.reopen(locals.app.db, signedIn(locals), params.invitation), {});
    if (refused) return refused;
    const school = openSchool.parse(url.searchParams.get('school'));
    const page = `/rounds/${params.round}${school === null ? '' : `?school=${school}`}`;
    redirect(303, withDone(`${page}#i-${params.invitation}`, 'form_reopened'));
  },
};
