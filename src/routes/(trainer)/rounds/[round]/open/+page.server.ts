import { redirect } from '@sveltejs/kit';
import { aspectsOf } from '#lib/instrument/schema.ts';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as pulse from '#lib/server/rounds/pulse-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const page = await orError(rounds.previewOpening(locals.app.db, signedIn(locals), params.round));
  if (page.round.status !== 'planned') redirect(303, `/rounds/${params.round}`);
  const { list, asked } = await pulse.askedBy(locals.app.db, page.round);
  const total = list.competencies.flatMap(aspectsOf).length;
  return { ...page, size: page.round.isPulse ? { count: asked.length, total } : null };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { db, config } = locals.app;
    const seen = versionOf.parse((await formValues(request, ['version'])).version);
    const opened = rounds.open(db, signedIn(locals), config.secret, params.round, new Date(), seen);
    const refused = await orFail(opened, {});
    if (refused) return refused;
    redirect(303, withDone(`/rounds/${params.round}`, 'opened'));
  },
};
