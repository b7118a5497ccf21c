import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orFail } from '#lib/server/http.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions } from './$types';

const text = z.string().trim().min(1).max(200);
const input = z.object({ name: text, programme: text, partnership: text, trainerSeesSchools: z.enum(['yes', 'no']) });

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const values = await formValues(request, input.keyof().options);
    const parsed = input.safeParse(values);
    if (!parsed.success) {
      const errors = fieldErrors(parsed.error);
      if (errors['trainerSeesSchools']) errors['trainerSeesSchools'] = m.choose_one();
      return fail(400, { values, errors });
    }
    const given = { ...parsed.data, trainerSeesSchools: parsed.data.trainerSeesSchools === 'yes' };
    const id = await orFail(cohorts.create(locals.app.db, signedIn(locals), given), values);
    if (typeof id !== 'string') return id;
    redirect(303, withDone(`/cohorts/${id}`));
  },
};
