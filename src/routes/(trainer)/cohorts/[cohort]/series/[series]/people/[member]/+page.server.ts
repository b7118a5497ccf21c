import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { pathIn } from '#lib/server/own-path.ts';
import { ownSeries } from '#lib/server/own-series.ts';
import * as people from '#lib/server/participants/person-service.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const input = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.union([z.literal(''), z.string().trim().max(254).pipe(z.email())]),
  language: z.enum(['nl', 'en']),
  who: z.enum(['same', 'other']).optional(),
  version: z.string().optional(),
});

type Params = { cohort: string; series: string; member: string };

async function memberOf(locals: App.Locals, params: Params) {
  const { actor, cohort, series } = await ownSeries(locals, params);
  const member = await orError(people.getMember(locals.app.db, actor, series.id, params.member));
  return { actor, cohort, series, member };
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { cohort, series, member } = await memberOf(locals, params);
  const from = pathIn(url);
  return { cohort, series, member, back: from === '/' ? `/cohorts/${cohort.id}/series/${series.id}` : from };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const { actor, member } = await memberOf(locals, params);
    const { db, config } = locals.app;
    const values = await formValues(request, input.keyof().options);
    const parsed = input.safeParse(values);
    const errors = parsed.success ? {} : fieldErrors(parsed.error);
    if (errors['email']) errors['email'] = m.field_error_email();
    const email = values.email?.trim().toLowerCase() ?? '';
    if (email === '' && member.email !== null) errors['email'] ??= m.person_email_stays();
    else if (email === '' && member.role !== 'teacher') errors['email'] ??= m.series_add_email_needed();
    const isMoved = member.email !== null && email !== member.email;
    // Which of the two it is decides what becomes of the form: nobody but the trainer knows.
    if (isMoved && values.who === undefined) errors['who'] ??= m.person_who_needed();
    if (!parsed.success || Object.keys(errors).length > 0) return fail(400, { values, errors });

    const at = { seriesId: params.series, memberId: member.id, version: Number(values.version) };
    const { name, language } = parsed.data;
    const given = { name, email: email === '' ? null : email };
    const now = new Date();
    const isOther = isMoved && values.who === 'other';
    const known = isOther ? await people.otherOfAddress(db, given) : null;
    if (known !== null) return fail(400, { values, errors: { email: m.field_error_address_of({ name: known }) } });
    const changing = isOther
      ? people.replaceRater(db, actor, config.secret, at, given, now)
      : people.correct(db, actor, config.secret, at, { ...given, language }, now);
    const refused = await orFail(changing, values);
    if (refused) return refused;
    const team = `/cohorts/${params.cohort}/series/${params.series}`;
    const from = pathIn(url); // a round, where a mail to this person did not arrive
    const done = isOther ? 'replaced' : from !== '/' && email !== (member.email ?? '') ? 'readdressed' : 'saved';
    redirect(303, withDone(from === '/' ? team : from, done));
  },
};
