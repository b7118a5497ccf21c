import { fail, redirect } from '@sveltejs/kit';
import { pageView, wordsOf } from '#lib/form/page-view.ts';
import { m } from '#lib/paraglide/messages.js';
import { isAboutTogether } from '#lib/instrument/aspects.ts';
import * as answers from '#lib/server/answers/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import { formSession, headOf, leaveForm, openForm } from '#lib/server/rater.ts';
import * as privacy from '#lib/server/privacy/service.ts';
import { takeConsentBack } from '#lib/server/responses/consent-service.ts';
import * as responses from '#lib/server/responses/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals.app;
  const { locale } = event.locals;
  const form = await orError(openForm(event));
  if (form.writable) redirect(303, `/form/${form.publicId}`);
  const { instrument } = await responses.instrumentOf(db, form);
  const { aspects, now, then } = await answers.load(db, form);
  const asked = instrument.competencies.filter(({ scaleQuestion }) => scaleQuestion).length;
  const reader = { role: form.role, locale, seed: form.pageSeed };
  return {
    form: headOf(form),
    isTogether: isAboutTogether(instrument),
    roundStatus: form.roundStatus,
    company: await responses.companyOf(db, form),
    submittedAt: form.submittedAt,
    copy: await invitations.copyOf(db, form),
    wasReopened: form.submittedAt === null && (await responses.wasReopened(db, form.responseId)),
    consent: form.asksConsent ? form.consent : null,
    words: wordsOf(instrument, locale),
    controllerEmail: (await privacy.notice(db)).controllerEmail,
    // In the order of the list: somebody who reads back looks for a competency, not for the order of filling in.
    pages: instrument.competencies.flatMap(({ code }) => pageView(instrument, code, reader) ?? []),
    /** Unsent answers go once a report of the round is released (jobs/cleaning-service.ts). */
    isEmpty: form.submittedAt === null && Object.keys(aspects).length + Object.keys(now).length === 0,
    aspects,
    now,
    then,
    lookBack: form.looksBack && form.roundStatus === 'open' ? { answered: Object.keys(then).length, asked } : null,
  } as const;
};

export const actions: Actions = {
  take_back: async (event) => {
    const { response } = event.params;
    const refusal = await orFail(takeConsentBack(event.locals.app.db, response, formSession(event)), null);
    if (refusal) return refusal;
    redirect(303, `/form/${response}/receipt#consent`);
  },
  end_link: async (event) => {
    const { sure } = await formValues(event.request, ['sure']);
    if (sure !== 'yes') return fail(400, { message: m.end_link_sure_missing() });
    const ended = invitations.endOwnLink(event.locals.app.db, event.params.response, formSession(event));
    const refusal = await orFail(ended, null);
    if (refusal) return refusal;
    await leaveForm(event);
    redirect(303, '/stopped?link=ended');
  },
};
