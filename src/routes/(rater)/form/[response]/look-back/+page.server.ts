import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { errorText } from '#lib/text/errors.ts';
import * as answers from '#lib/server/answers/service.ts';
import { PAGE_BYTES, readLookBackPage } from '#lib/server/form-input.ts';
import { readForm } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { readLanguageChoice, setLanguage } from '#lib/server/language.ts';
import { headOf, leaveForm, openForm } from '#lib/server/rater.ts';
import * as responses from '#lib/server/responses/service.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

export const load: PageServerLoad = async (event) => {
  const { form, competencies } = await openLookBack(event);
  const { then } = await answers.load(event.locals.app.db, form);
  const { locale } = event.locals;
  return {
    form: headOf(form),
    // For the offset between the clocks (rules.md, Answers: time order of saves).
    serverTime: Date.now(),
    questions: competencies.map(({ code, title, scaleQuestion }) => ({
      ...{ code, title: title[locale], question: scaleQuestion.lookBack[locale] },
      value: then[code]?.value ?? null,
    })),
    then,
  };
};

export const actions: Actions = {
  // A page that was sent without scripts: stored as a whole, then on to where the button says.
  default: async (event) => {
    const { form, competencies } = await openLookBack(event);
    const data = await readForm(event.request, PAGE_BYTES);
    const codes = competencies.map(({ code }) => code);
    const sent = await orFail(
      Promise.resolve().then(() => readLookBackPage(data, codes)),
      null,
    );
    if (!('scales' in sent)) return sent;
    const values = {
      chosen: Object.fromEntries<number | null>(sent.scales.map(({ code, after }) => [code, after.value])),
      before: String(data.get('before') ?? '{}'),
    };
    const refusal = await orFail(answers.saveLookBackPage(event.locals.app.db, form, sent.scales), values);
    if (refusal) return refusal;
    const path = `/form/${form.publicId}`;
    if (data.get('go') === 'stop') {
      await leaveForm(event);
      redirect(303, '/stopped');
    }
    const language = readLanguageChoice(data);
    if (language === null) redirect(303, `${path}/receipt#look-back`);
    setLanguage(event.cookies, event.url, language);
    redirect(303, `${path}/look-back`);
  },
};

/** The form with the competencies that ask to look back; away from here when there is nothing to look back on. */
async function openLookBack(event: RequestEvent<RouteParams>) {
  const form = await orError(openForm(event));
  if (!form.looksBack) error(404, { message: errorText('look_back_not_available'), code: 'look_back_not_available' });
  if (form.roundStatus !== 'open') redirect(303, `/form/${form.publicId}/receipt`);
  const { instrument } = await responses.instrumentOf(event.locals.app.db, form);
  return {
    form,
    competencies: instrument.competencies.flatMap(({ scaleQuestion, ...each }) =>
      scaleQuestion ? [{ ...each, scaleQuestion }] : [],
    ),
  };
}
