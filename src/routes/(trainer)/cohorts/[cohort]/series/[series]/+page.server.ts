import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { m } from '#lib/paraglide/messages.js';
import { errorText } from '#lib/text/errors.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const addition = z.object({
  role: z.enum(['director', 'teacher']),
  name: z.string().trim().min(1).max(200),
  email: z.union([z.literal(''), z.string().trim().max(254).pipe(z.email())]),
});
const linkFor = z.object({ member: z.string() });

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = signedIn(locals);
  const { db } = locals.app;
  const cohort = await orError(cohorts.get(db, actor, params.cohort));
  const series = await orError(cohorts.getSeries(db, actor, params.series));
  if (series.cohortId !== cohort.id) error(404, { message: errorText('not_found'), code: 'not_found' });
  const isOpen = (await rounds.list(db, cohort.id)).some((round) => round.status === 'open');
  return { cohort, series, isOpen };
};

export const actions: Actions = {
  add: async ({ locals, params, request }) => {
    const { db, config } = locals.app;
    const values = await formValues(request, addition.keyof().options);
    const parsed = addition.safeParse(values);
    if (!parsed.success) {
      const errors = fieldErrors(parsed.error);
      if (errors['email']) errors['email'] = m.field_error_email();
      if (errors['role']) errors['role'] = m.choose_one();
      return fail(400, { values, errors });
    }
    const { role, name, email } = parsed.data;
    if (role === 'director' && email === '') {
      return fail(400, { values, errors: { email: m.series_add_email_needed() } });
    }
    const person = { name, email: email || null };
    const adding = participants.addRater(db, signedIn(locals), config.secret, params.series, role, person);
    const refused = await orFail(adding, values);
    if (refused) return refused;
    redirect(303, `/cohorts/${params.cohort}/series/${params.series}`);
  },

  signIn: async ({ locals, params, request }) => {
    const { db, auth, config } = locals.app;
    const parsed = linkFor.safeParse(await formValues(request, ['member']));
    if (!parsed.success) error(404, { message: errorText('not_found'), code: 'not_found' });
    const settings = { auth, secret: config.secret, publicUrl: config.publicUrl };
    const { member } = parsed.data;
    const link = await orFail(participants.memberSignInLink(db, signedIn(locals), settings, params.series, member), {});
    return typeof link === 'string' ? { link: { member, url: link } } : link;
  },
};
