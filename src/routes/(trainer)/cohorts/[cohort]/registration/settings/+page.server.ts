import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { ABOUT_MAX, readSettings, SETTINGS_FIELDS, settingsValues } from '#lib/server/registration-form.ts';
import * as registrations from '#lib/server/registrations/service.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = signedIn(locals);
  const { db } = locals.app;
  const { id, name } = await orError(cohorts.get(db, actor, params.cohort));
  const overview = await registrations.get(db, actor, id, new Date());
  const suggestion = overview === null ? await registrations.suggest(db, actor, id) : null;
  return {
    cohort: { id, name },
    version: overview?.registration.version ?? null,
    values: settingsValues(
      overview?.registration ?? { ...suggestion, startsOn: suggestion?.startsOn ?? '', about: '' },
    ),
    most: ABOUT_MAX,
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const actor = signedIn(locals);
    const { db } = locals.app;
    const now = new Date();
    const overview = await orError(registrations.get(db, actor, params.cohort, now));
    const values = await formValues(request, SETTINGS_FIELDS);
    const read = readSettings(values, dayOf(now), overview?.registration ?? null);
    if ('errors' in read) return fail(400, { values, errors: read.errors });
    // No version: the form of a registration that is not there yet.
    const version = (values.version ?? '') === '' ? null : versionOf.parse(values.version);
    const refused = await orFail(registrations.save(db, actor, params.cohort, version, read.settings, now), values);
    if (refused) return refused;
    redirect(
      303,
      withDone(`/cohorts/${params.cohort}/registration`, version === null ? 'registration_opened' : 'saved'),
    );
  },
};
