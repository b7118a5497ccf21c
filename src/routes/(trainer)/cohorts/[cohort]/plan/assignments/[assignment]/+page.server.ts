import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { ASSIGNMENT_FIELDS, assignmentValues, readAssignment } from '#lib/server/plan-form.ts';
import * as changes from '#lib/server/programmes/plan-changes-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

/** In the place of an id: an assignment that is added. */
const NEW = 'new';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const { id, name } = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  const cohort = { id, name };
  if (params.assignment === NEW) {
    const { assignments } = await plans.planOfCohort(db, id);
    return { cohort, assignment: null, values: { year: String(assignments.at(-1)?.year ?? 1) } };
  }
  const assignment = await orError(changes.ownAssignment(db, id, params.assignment));
  const { title, version } = assignment;
  return { cohort, assignment: { title, version }, values: assignmentValues(assignment) };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { db } = locals.app;
    const values = await formValues(request, ASSIGNMENT_FIELDS);
    const read = readAssignment(values, dayOf(new Date()));
    if ('errors' in read) return fail(400, { values, errors: read.errors });
    const seen = params.assignment === NEW ? null : { id: params.assignment, version: versionOf.parse(values.version) };
    const refused = await orFail(changes.saveAssignment(db, signedIn(locals), params.cohort, seen, read.plan), values);
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}/plan`));
  },
};
