import { fail, redirect } from '@sveltejs/kit';
import { onlyChosen, toChoice } from '#lib/components/trainer/aspect-choice.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { choiceFaults, readPulseForm } from '#lib/server/pulse-form.ts';
import * as pulse from '#lib/server/rounds/pulse-service.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { round, cohort, list, asked } = await orError(
    pulse.askedAspects(locals.app.db, signedIn(locals), params.round),
  );
  const whole = toChoice(list, locals.locale);
  const total = whole.flatMap(({ clusters }) => clusters.flatMap(({ aspects }) => aspects)).length;
  const isPlanned = round.status === 'planned';
  return { round, cohort, list: isPlanned ? whole : onlyChosen(whole, asked), asked, total };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { aspects, values } = await readPulseForm(request, ['version']);
    const errors = choiceFaults(aspects);
    if (Object.keys(errors).length > 0) return fail(400, { aspects, errors });
    const { db } = locals.app;
    const version = versionOf.parse(values['version']);
    const refused = await orFail(pulse.changeAspects(db, signedIn(locals), params.round, version, aspects), {});
    if (refused) return fail(refused.status, { ...refused.data, aspects });
    redirect(303, withDone(`/rounds/${params.round}`));
  },
};
