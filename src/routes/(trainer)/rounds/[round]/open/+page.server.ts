import { fail, redirect } from '@sveltejs/kit';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { m } from '#lib/paraglide/messages.js';
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
  const isMailUnset = locals.app.config.mail === null;
  return { ...page, isMailUnset, size: page.round.isPulse ? { count: asked.length, total } : null };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { db, config } = locals.app;
    const values = await formValues(request, ['version', 'beside']);
    const seen = versionOf.parse(values.version);
    const { beside } = await orError(rounds.previewOpening(db, signedIn(locals), params.round));
    // Not without a word: whoever has a form of a round that runs gets a second one.
    if (beside.length > 0 && values.beside !== 'yes') return fail(400, { message: m.pulse_beside_tick() });
    const opened = rounds.open(db, signedIn(locals), config.secret, params.round, new Date(), seen);
    const refused = await orFail(opened, {});
    if (refused) return refused;
    redirect(303, withDone(`/rounds/${params.round}`, 'opened'));
  },
};
