import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as newCohorts from '#lib/server/programmes/new-cohort-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Db } from '#lib/server/db/open.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';
import { readSchoolForm, SCHOOL_FIELDS, type School } from './school-form.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const cohort = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  const isOpen = (await rounds.list(db, cohort.id)).some((round) => round.status === 'open');
  return { cohort, isOpen, asksTeachers: await newCohorts.asksTeachers(db, cohort.id) };
};

/** A sentence for every field with an address that is somebody else's than the name beside it says. */
async function addressErrors(db: Db, { ib, director, teachers }: School): Promise<Record<string, string>> {
  const errors: Record<string, string> = {};
  const ofIb = await people.otherOfAddress(db, ib);
  if (ofIb !== null) errors['ibEmail'] = m.field_error_address_of({ name: ofIb });
  const ofDirector = director && (await people.otherOfAddress(db, director));
  if (ofDirector !== null) errors['directorEmail'] = m.field_error_address_of({ name: ofDirector });
  const lines: string[] = [];
  for (const teacher of teachers) {
    const name = await people.otherOfAddress(db, teacher);
    if (name !== null) lines.push(`${teacher.email}: ${m.field_error_address_of({ name })}`);
  }
  if (lines.length > 0) errors['teachers'] = lines.join('\n');
  return errors;
}

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const actor = signedIn(locals);
    const { db, config } = locals.app;
    const values = await formValues(request, SCHOOL_FIELDS);
    const { school, errors } = readSchoolForm(values);
    if (!school) return fail(400, { values, errors });
    await orError(cohorts.get(db, actor, params.cohort));
    const others = await addressErrors(db, school);
    if (Object.keys(others).length > 0) return fail(400, { values, errors: others });
    const id = await orFail(participants.addSchool(db, actor, config.secret, params.cohort, school), values);
    if (typeof id !== 'string') return id;
    redirect(303, withDone(`/cohorts/${params.cohort}`, 'added'));
  },
};
