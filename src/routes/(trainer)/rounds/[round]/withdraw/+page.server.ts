import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { overview } from '#lib/server/rounds/progress-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

/** The address says which report: that of one school, as long as it is released. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { round, cohort, schools } = await orError(overview(locals.app.db, signedIn(locals), params.round));
  const school = schools.find(({ schoolRoundId }) => schoolRoundId === url.searchParams.get('school'));
  if (!school || school.releasedAt === null) redirect(303, `/rounds/${params.round}`);
  return { round, cohort, school: { id: school.schoolRoundId, name: school.schoolName } };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { school } = await formValues(request, ['school']);
    const { db } = locals.app;
    const refused = await orFail(rounds.withdrawRelease(db, signedIn(locals), params.round, [school ?? '']), {});
    if (refused) return refused;
    redirect(303, withDone(`/rounds/${params.round}?school=${school}#s-${school}`, 'withdrawn'));
  },
};
