import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orFail } from '#lib/server/http.ts';
import { ownSeries } from '#lib/server/own-series.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as series from '#lib/server/participants/series-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const addition = z.object({
  role: z.enum(['director', 'teacher']),
  name: z.string().trim().min(1).max(200),
  email: z.union([z.literal(''), z.string().trim().max(254).pipe(z.email())]),
});
const linkFor = z.object({ member: z.string() });

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { cohort, series } = await ownSeries(locals, params);
  const { db, config } = locals.app;
  // Whom a link can be made for: who has reports to sign in for, and cannot ask for it.
  const handed: string[] = [];
  const settings = { hasMail: config.mail !== null };
  for (const member of series.team) {
    if (member.role === 'teacher' || member.email === null) continue;
    if (!(await participants.canBeMailed(db, settings, member))) handed.push(member.id);
  }
  const isOpen = (await rounds.list(db, cohort.id)).some((round) => round.status === 'open');
  // Set by adding somebody whose address was known under another name, to say which name stays.
  const kept = series.team.find(({ id }) => id === url.searchParams.get('kept'))?.name ?? null;
  return { cohort, series, isOpen, kept, handed, ...settings };
};

export const actions: Actions = {
  add: async ({ locals, params, request }) => {
    await ownSeries(locals, params);
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
    const added = await orFail(adding, values);
    if (!('memberId' in added)) return added;
    const team = `/cohorts/${params.cohort}/series/${params.series}`;
    redirect(303, added.name === name ? withDone(team, 'added') : `${team}?kept=${added.memberId}`);
  },

  rejoin: async ({ locals, params }) => {
    const { actor } = await ownSeries(locals, params);
    const { db, config } = locals.app;
    const refused = await orFail(series.rejoin(db, actor, config.secret, params.series, new Date()), {});
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}/series/${params.series}`, 'back'));
  },

  signIn: async ({ locals, params, request }) => {
    const { db, auth, config } = locals.app;
    const parsed = linkFor.safeParse(await formValues(request, ['member']));
    if (!parsed.success) error(404, { message: errorText('not_found'), code: 'not_found' });
    const settings = { auth, secret: config.secret, publicUrl: config.publicUrl, hasMail: config.mail !== null };
    const { member } = parsed.data;
    const link = await orFail(participants.memberSignInLink(db, signedIn(locals), settings, params.series, member), {});
    return typeof link === 'string' ? { link: { member, url: link } } : link;
  },
};
