import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import type { Actions, PageServerLoad } from './$types';
import { readSchoolForm, SCHOOL_FIELDS } from './school-form.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const cohort = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  const isOpen = (await rounds.list(db, cohort.id)).some((round) => round.status === 'open');
  return { cohort, isOpen };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const actor = signedIn(locals);
    const { db, config } = locals.app;
    const values = await formValues(request, SCHOOL_FIELDS);
    const { school, errors } = readSchoolForm(values);
    if (!school) return fail(400, { values, errors });
    const id = await orFail(participants.addSchool(db, actor, config.secret, params.cohort, school), values);
    if (typeof id !== 'string') return id;
    redirect(303, `/cohorts/${params.cohort}`);
  },
};
