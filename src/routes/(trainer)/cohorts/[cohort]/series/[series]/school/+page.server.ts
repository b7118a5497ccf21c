import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as schools from '#lib/server/cohorts/school-service.ts';
import { isBrin, normalizeBrin } from '#lib/server/cohorts/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orFail } from '#lib/server/http.ts';
import { ownSeries } from '#lib/server/own-series.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const input = z.object({
  school: z.string().trim().min(1).max(200),
  brin: z
    .string()
    .trim()
    .refine((text) => text === '' || isBrin(text), { params: { text: 'brin' } }),
  version: z.string().optional(),
});

export const load: PageServerLoad = async ({ locals, params }) => {
  const { actor, cohort, series } = await ownSeries(locals, params);
  return { cohort, series, isElsewhere: await schools.isElsewhere(locals.app.db, actor, series.schoolId) };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { actor, series } = await ownSeries(locals, params);
    const { db } = locals.app;
    const values = await formValues(request, input.keyof().options);
    const parsed = input.safeParse(values);
    if (!parsed.success) return fail(400, { values, errors: fieldErrors(parsed.error) });
    const { school: name, brin } = parsed.data;
    const given = { name, brin: brin === '' ? null : normalizeBrin(brin) };
    const holder = given.brin === null ? undefined : await schools.findByBrin(db, given.brin);
    if (holder && holder.id !== series.schoolId) {
      return fail(400, { values, errors: { brin: m.school_brin_of({ school: holder.name }) } });
    }
    const changing = schools.changeSchool(db, actor, series.id, Number(values.version), given);
    const refused = await orFail(changing, values);
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}/series/${params.series}`));
  },
};
