import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const input = z.object({ name: z.string().trim().min(1).max(200), trainerSeesSchools: z.enum(['yes', 'no']) });

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const cohort = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  return { cohort, isLocked: await cohorts.isLocked(db, cohort.id) };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const values = await formValues(request, input.keyof().options);
    const parsed = input.safeParse(values);
    if (!parsed.success) return fail(400, { values, errors: fieldErrors(parsed.error) });
    const change = { name: parsed.data.name, trainerSeesSchools: parsed.data.trainerSeesSchools === 'yes' };
    const refused = await orFail(cohorts.change(locals.app.db, signedIn(locals), params.cohort, change), values);
    if (refused) return refused;
    redirect(303, `/cohorts/${params.cohort}`);
  },
};
