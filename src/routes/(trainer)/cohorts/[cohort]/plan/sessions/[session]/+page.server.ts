import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { readSession, SESSION_FIELDS, sessionValues } from '#lib/server/plan-form.ts';
import * as changes from '#lib/server/programmes/plan-changes-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

/** In the place of an id: a session that is added. */
const NEW = 'new';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const { id, name } = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  const { sessions } = await plans.planOfCohort(db, id);
  const cohort = { id, name };
  const last = sessions.findLast(({ cancelledAt }) => cancelledAt === null);
  if (params.session === NEW) {
    // The usual times and place are those of the session before it.
    const { start = '09:30', end = '12:30', place = '', year = '1' } = last ? sessionValues(last) : {};
    return { cohort, session: null, isHeld: false, values: { start, end, place, year, hours: '3' } };
  }
  const session = await orError(changes.ownSession(db, cohort.id, params.session));
  const isHeld = await changes.isHeld(db, session);
  return {
    cohort,
    isHeld,
    session: { title: session.title, version: session.version },
    values: sessionValues(session),
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { db } = locals.app;
    const values = await formValues(request, SESSION_FIELDS);
    const read = readSession(values, dayOf(new Date()));
    if ('errors' in read) return fail(400, { values, errors: read.errors });
    const seen = params.session === NEW ? null : { id: params.session, version: versionOf.parse(values.version) };
    const refused = await orFail(changes.saveSession(db, signedIn(locals), params.cohort, seen, read.plan), values);
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}/plan`));
  },
};
