import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import { dayOf } from '#lib/server/days.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { readPlanDay } from '#lib/server/plan-form.ts';
import * as newCohorts from '#lib/server/programmes/new-cohort-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

/** In the place of a template's id: a cohort without one. */
const NONE = 'none';

const text = z.string().trim().min(1).max(200);
const input = z.object({
  ...{ name: text, programme: z.string().trim().max(200).default(''), partnership: text },
  ...{ trainerSeesSchools: z.enum(['yes', 'no']), template: z.string().max(100).default(NONE) },
  startsOn: z.string().max(20).default(''),
});

export const load: PageServerLoad = async ({ locals }) => ({
  templates: (await orError(templates.listUsable(locals.app.db, signedIn(locals)))).map(({ id, template }) => ({
    ...{ id, title: template.title, about: template.about, note: template.note ?? null },
    ...{ years: template.years, hoursPerYear: template.hoursPerYear, sessions: template.sessions.length },
  })),
});

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const { db } = locals.app;
    const values = await formValues(request, input.keyof().options);
    const parsed = input.safeParse(values);
    const errors = parsed.success ? {} : fieldErrors(parsed.error);
    if (errors['trainerSeesSchools']) errors['trainerSeesSchools'] = m.choose_one();
    const from = (values.template ?? NONE) === NONE ? null : await orError(templates.load(db, values.template ?? ''));
    const startsOn = readPlanDay(values.startsOn, dayOf(new Date()));
    if (from !== null && startsOn === null) errors['startsOn'] = m.course_fault_day();
    if (from === null && (values.programme ?? '').trim() === '') errors['programme'] ??= m.field_error_empty();
    if (!parsed.success || Object.keys(errors).length > 0) return fail(400, { values, errors });
    const { name, partnership } = parsed.data;
    const locale = getLocale();
    const cohort = {
      ...{ name, partnership, programme: parsed.data.programme || (from?.template.title[locale] ?? '') },
      trainerSeesSchools: parsed.data.trainerSeesSchools === 'yes',
      start: from === null ? null : { templateId: from.id, startsOn: startsOn ?? '', locale },
    };
    const id = await orFail(newCohorts.makeCohort(db, signedIn(locals), cohort), values);
    if (typeof id !== 'string') return id;
    redirect(303, from === null ? withDone(`/cohorts/${id}`) : withDone(`/cohorts/${id}/plan`, 'plan_made'));
  },
};
