import { error, fail, redirect } from '@sveltejs/kit';
import { errorText } from '#lib/text/errors.ts';
import * as answers from '#lib/server/answers/service.ts';
import { readForm } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { openForm } from '#lib/server/rater.ts';
import * as responses from '#lib/server/responses/service.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals.app;
  const form = await orError(openForm(event));
  if (!form.looksBack) error(404, { message: errorText('look_back_not_available'), code: 'look_back_not_available' });
  if (form.roundStatus !== 'open') redirect(303, `/form/${form.publicId}/receipt`);
  const { instrument } = await responses.instrumentOf(db, form);
  const { then } = await answers.load(db, form);
  const { locale } = event.locals;
  return {
    questions: instrument.competencies.flatMap(({ code, title, scaleQuestion }) =>
      scaleQuestion
        ? {
            code,
            title: title[locale],
            question: scaleQuestion.question[locale],
            lookBack: scaleQuestion.lookBack[locale],
            value: then[code]?.value ?? null,
          }
        : [],
    ),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await orError(openForm(event));
    const values: Record<string, number> = {};
    for (const [name, value] of await readForm(event.request)) {
      // A number or, for anything else, NaN: the service refuses what is not in the range.
      if (name.startsWith('then.'))
        values[name.slice('then.'.length)] = /^\d+$/.test(String(value)) ? Number(value) : NaN;
    }
    if (Object.keys(values).length === 0) return fail(400, { message: m.form_look_back_none(), values });
    const refusal = await orFail(answers.saveLookBack(event.locals.app.db, form, values), values);
    if (refusal) return refusal;
    redirect(303, `/form/${form.publicId}/receipt`);
  },
};
