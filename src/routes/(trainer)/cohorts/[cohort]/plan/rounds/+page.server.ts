import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { LIMITS, roundName } from '#lib/programme/schema.ts';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { readPlanDay, readYear } from '#lib/server/plan-form.ts';
import * as changes from '#lib/server/programmes/plan-changes-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const { id, name } = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  const { rounds } = await plans.planOfCohort(db, id);
  return { cohort: { id, name }, rounds: rounds.filter(({ cancelledAt }) => cancelledAt === null) };
};

const added = z.object({ newName: roundName });
const ADDED = ['newName', 'newDay', 'newYear'] as const;
const fieldsOf = ({ name }: { name: string }) => [`day.${name}`, `year.${name}`, `version.${name}`];

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { db } = locals.app;
    const actor = signedIn(locals);
    const { id } = await orError(cohorts.get(db, actor, params.cohort));
    const { rounds } = await plans.planOfCohort(db, id);
    const values: Partial<Record<string, string>> = await formValues(request, [...ADDED, ...rounds.flatMap(fieldsOf)]);
    const today = dayOf(new Date());
    const errors: Record<string, string> = {};
    const read = (dayField: string, yearField: string) => {
      const [onDay, year] = [readPlanDay(values[dayField], today), readYear(values[yearField])];
      if (onDay === null) errors[dayField] = m.course_fault_day();
      if (year === null) errors[yearField] = m.course_fault_year({ max: LIMITS.years });
      return { onDay: onDay ?? '', year: year ?? 0 };
    };
    const days = rounds
      .filter(({ name }) => values[`day.${name}`] !== undefined)
      .map(({ name }) => ({
        ...{ name, version: versionOf.parse(values[`version.${name}`]) },
        ...read(`day.${name}`, `year.${name}`),
      }));
    const adds = (values['newName'] ?? '').trim() !== '' || (values['newDay'] ?? '').trim() !== '';
    const parsed = added.safeParse(values);
    if (adds && parsed.error) {
      const isSigns = parsed.error.issues.some(({ code }) => code === 'invalid_format');
      Object.assign(errors, isSigns ? { newName: m.course_fault_name() } : fieldErrors(parsed.error));
    }
    const one = adds ? { name: parsed.data?.newName ?? '', ...read('newDay', 'newYear') } : null;
    if (Object.keys(errors).length > 0) return fail(400, { values, errors });
    const refused = await orFail(changes.saveRounds(db, actor, params.cohort, days, one), values);
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}/plan`));
  },
};
