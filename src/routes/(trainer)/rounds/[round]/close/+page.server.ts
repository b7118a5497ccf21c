import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { overview } from '#lib/server/rounds/progress-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { round, cohort, schools } = await orError(overview(locals.app.db, signedIn(locals), params.round));
  if (round.status !== 'open') redirect(303, `/rounds/${params.round}`);
  const raters = schools.flatMap((school) => school.raters);
  const missing = raters.filter((rater) => rater.status !== 'submitted');
  const of = (role: string) => missing.filter((rater) => rater.role === role).length;
  return {
    round,
    cohort,
    invited: raters.length,
    missing: { director: of('director'), ib: of('ib'), teacher: of('teacher') },
    started: missing.filter((rater) => rater.status === 'started').length,
  };
};

export const actions: Actions = {
  default: async ({ locals, params }) => {
    const refused = await orFail(rounds.close(locals.app.db, signedIn(locals), params.round), {});
    if (refused) return refused;
    redirect(303, withDone(`/rounds/${params.round}`, 'closed'));
  },
};
