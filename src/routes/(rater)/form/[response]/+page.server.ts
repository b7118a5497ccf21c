import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { isAnswered } from '#lib/form/answer.ts';
import { competencyOrder } from '#lib/form/page-view.ts';
import { aspectsOf, isAboutTogether } from '#lib/instrument/aspects.ts';
import * as answers from '#lib/server/answers/service.ts';
import { readForm } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { readLanguageChoice, setLanguage } from '#lib/server/language.ts';
import { headOf, openForm } from '#lib/server/rater.ts';
import * as responses from '#lib/server/responses/service.ts';
import type { Actions, PageServerLoad, PageServerLoadEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const form = await orError(openForm(event));
  if (!form.writable) redirect(303, `/form/${form.publicId}/receipt`);
  const { instrument, aspectIds, isPulse } = await responses.instrumentOf(event.locals.app.db, form);
  const { locale } = event.locals;
  const intro = instrument.roles.find((role) => role.key === form.role)?.intro[locale] ?? null;
  return {
    form: headOf(form),
    intro,
    isTogether: isAboutTogether(instrument),
    /** Of a pulse, how many statements it has. */
    short: isPulse ? aspectIds.size : null,
    company: await responses.companyOf(event.locals.app.db, form),
    trainerSeesSchools: form.trainerSeesSchools,
    asksConsent: form.asksConsent && !form.consentIsFinal,
    consentIsFinal: form.consentIsFinal,
    waitsAgain: await responses.waitsAgain(event.locals.app.db, form),
    ...choiceIn(event.url, form.consent),
    ...(await placeOf(event, form)),
  };
};

/** Where the rater goes on: the first statement that is open, or the last look when none is. */
async function placeOf(event: Pick<PageServerLoadEvent, 'locals'>, form: responses.Form) {
  const { instrument } = await responses.instrumentOf(event.locals.app.db, form);
  const { aspects } = await answers.load(event.locals.app.db, form);
  const path = `/form/${form.publicId}`;
  const started = Object.keys(aspects).length > 0;
  for (const code of competencyOrder(instrument, form.pageSeed)) {
    const competency = instrument.competencies.find((each) => each.code === code);
    const codes = competency ? aspectsOf(competency).map((aspect) => aspect.code) : [];
    const at = codes.findIndex((aspect) => !isAnswered(aspects[aspect]));
    // A part that was not begun is opened at its top, where it says what is asked.
    if (at >= 0) return { started, goOn: `${path}/${code}${at === 0 ? '' : `#aspect-${codes[at]}`}` };
  }
  return { started, goOn: `${path}/open` };
}

/**
 * The choice as it is shown: what was stored, what was ticked before the language was switched, or that it is missing.
 * These come in the address, so that a page which was sent is no step back: browsers would ask to send it once more.
 */
function choiceIn(url: URL, stored: boolean | null): { consent: boolean | null; consentMissing: boolean } {
  const ticked = url.searchParams.get('consent');
  return {
    consent: ticked === 'yes' ? true : ticked === 'no' ? false : stored,
    consentMissing: ticked === 'missing',
  };
}

const consentInput = z.enum(['yes', 'no']);

export const actions: Actions = {
  default: async (event) => {
    const form = await orError(openForm(event));
    const path = `/form/${form.publicId}`;
    const data = await readForm(event.request);
    const input = consentInput.safeParse(data.get('consent'));
    const language = readLanguageChoice(data);
    if (language !== null) {
      setLanguage(event.cookies, event.url, language);
      redirect(303, input.success ? `${path}?consent=${input.data}#consent` : path);
    }
    if (!input.success && form.asksConsent) redirect(303, `${path}?consent=missing#consent-fault`);
    if (input.success) {
      const chosen = responses.chooseConsent(event.locals.app.db, form, input.data === 'yes');
      const refusal = await orFail(chosen, null);
      if (refusal) return refusal;
    }
    redirect(303, (await orError(placeOf(event, form))).goOn);
  },
};
