import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { isAnswered } from '#lib/form/answer.ts';
import { competencyOrder } from '#lib/form/page-view.ts';
import { aspectsOf } from '#lib/instrument/schema.ts';
import * as answers from '#lib/server/answers/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { openForm } from '#lib/server/rater.ts';
import * as responses from '#lib/server/responses/service.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad, PageServerLoadEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const form = await orError(openForm(event));
  if (!form.writable) redirect(303, `/form/${form.publicId}/receipt`);
  const { instrument } = await responses.instrumentOf(event.locals.app.db, form);
  const { locale } = event.locals;
  const intro = instrument.roles.find((role) => role.key === form.role)?.intro[locale] ?? null;
  return {
    intro,
    company: await responses.companyOf(event.locals.app.db, form),
    trainerSeesSchools: form.trainerSeesSchools,
    asksConsent: form.asksConsent,
    consent: form.consent,
    ...(await placeOf(event, form)),
  };
};

/** Where the rater goes on: the first page with something open, or the last look when nothing is. */
async function placeOf(event: Pick<PageServerLoadEvent, 'locals'>, form: responses.Form) {
  const { instrument } = await responses.instrumentOf(event.locals.app.db, form);
  const { aspects } = await answers.load(event.locals.app.db, form);
  const page = competencyOrder(instrument, form.pageSeed).find((code) => {
    const competency = instrument.competencies.find((each) => each.code === code);
    return competency && aspectsOf(competency).some((aspect) => !isAnswered(aspects[aspect.code]));
  });
  return { started: Object.keys(aspects).length > 0, goOn: `/form/${form.publicId}/${page ?? 'open'}` };
}

const consentInput = z.object({ consent: z.enum(['yes', 'no']) });

export const actions: Actions = {
  default: async (event) => {
    const form = await orError(openForm(event));
    const input = consentInput.safeParse(await formValues(event.request, ['consent']));
    if (!input.success && form.asksConsent) return fail(400, { consentError: m.form_consent_missing() });
    if (input.success) {
      const chosen = responses.chooseConsent(event.locals.app.db, form, input.data.consent === 'yes');
      const refusal = await orFail(chosen, null);
      if (refusal) return refusal;
    }
    redirect(303, (await orError(placeOf(event, form))).goOn);
  },
};
