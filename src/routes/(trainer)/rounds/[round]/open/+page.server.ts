import { redirect } from '@sveltejs/kit';
import { aspectsOf } from '#lib/instrument/schema.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as pulse from '#lib/server/rounds/pulse-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
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
  default: async ({ locals, params }) => {
    const { db, config } = locals.app;
    const refused = await orFail(rounds.open(db, signedIn(locals), config.secret, params.round), {});
    if (refused) return refused;
    redirect(303, withDone(`/rounds/${params.round}`, 'opened'));
  },
};
