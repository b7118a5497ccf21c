import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { ownSeries } from '#lib/server/own-series.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as participants from '#lib/server/participants/series-service.ts';
import * as membership from '#lib/server/rounds/membership-service.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const input = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.union([z.literal(''), z.string().trim().max(254).pipe(z.email())]),
  version: z.string().optional(),
});

type Params = { cohort: string; series: string; member: string };

async function memberOf(locals: App.Locals, params: Params) {
  const { actor, cohort, series } = await ownSeries(locals, params);
  const { id, role, name, email } = await orError(people.getMember(locals.app.db, actor, series.id, params.member));
  return { actor, cohort, series, member: { id, role, name, email } };
}

export const load: PageServerLoad = async ({ locals, params }) => {
  const { cohort, series, member } = await memberOf(locals, params);
  return { cohort, series, member, ends: await membership.whatLeavingEnds(locals.app.db, series) };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { actor, member } = await memberOf(locals, params);
    const { db, config } = locals.app;
    const values = await formValues(request, input.keyof().options);
    const parsed = input.safeParse(values);
    const errors = parsed.success ? {} : fieldErrors(parsed.error);
    if (errors['email']) errors['email'] = m.field_error_email();
    else if (member.role !== 'teacher' && !values.email?.trim()) errors['email'] = m.series_add_email_needed();
    if (!parsed.success || Object.keys(errors).length > 0) return fail(400, { values, errors });

    const at = { seriesId: params.series, memberId: member.id, version: Number(values.version) };
    const person = { name: parsed.data.name, email: parsed.data.email || null };
    const other = await people.otherOfAddress(db, person);
    if (other !== null) return fail(400, { values, errors: { email: m.field_error_address_of({ name: other }) } });
    const now = new Date();
    if (member.role === 'ib') {
      const id = await orFail(participants.succeed(db, actor, config.secret, at, person, now), values);
      if (typeof id !== 'string') return id;
      redirect(303, withDone(`/cohorts/${params.cohort}/series/${id}`, 'replaced'));
    }
    const refused = await orFail(people.replaceRater(db, actor, config.secret, at, person, now), values);
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}/series/${params.series}`, 'replaced'));
  },
};
