import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { changeCohort } from '#lib/server/programmes/cohort-change-service.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const name = z.string().trim().min(1).max(200);
const maybe = z.string().trim().max(200).default('');
const input = z.object({
  ...{ name, programme: maybe, partnership: maybe },
  ...{ trainerSeesSchools: z.enum(['yes', 'no']), version: z.string().optional() },
});

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const cohort = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  return { cohort, isLocked: await cohorts.isLocked(db, cohort.id) };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { db } = locals.app;
    await orError(cohorts.get(db, signedIn(locals), params.cohort));
    const values = await formValues(request, input.keyof().options);
    const parsed = input.safeParse(values);
    const errors = parsed.success ? {} : fieldErrors(parsed.error);
    const [programme, partnership] = [values.programme?.trim() ?? '', values.partnership?.trim() ?? ''];
    // A programme belongs to a partnership: both, or neither (an imported cohort is in none).
    if (programme === '' && partnership !== '') errors['programme'] ??= m.field_error_empty();
    if (programme !== '' && partnership === '') errors['partnership'] ??= m.field_error_empty();
    if (!parsed.success || Object.keys(errors).length > 0) return fail(400, { values, errors });
    const change = {
      name: parsed.data.name,
      programme: programme === '' ? null : { programme, partnership },
      trainerSeesSchools: parsed.data.trainerSeesSchools === 'yes',
    };
    const version = Number(values.version);
    const refused = await orFail(changeCohort(db, signedIn(locals), params.cohort, version, change), values);
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}`));
  },
};
