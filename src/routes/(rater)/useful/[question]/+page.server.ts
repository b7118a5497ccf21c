import { fail, redirect } from '@sveltejs/kit';
import { COMMENT_LENGTH } from '#lib/form/answer.ts';
import { m } from '#lib/paraglide/messages.js';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { openQuestion } from '#lib/server/question.ts';
import * as answering from '#lib/server/usefulness/answering-service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { question } = await orError(openQuestion(event, new Date()));
  const { linkId, title, startsAt, cohortName, closesAt, isOpen, answer } = question;
  const isThanks = event.url.searchParams.get('thanks') === 'yes' && answer !== null;
  return { linkId, title, startsAt, cohortName, closesAt, isOpen, answer, isThanks, most: COMMENT_LENGTH };
};

export const actions: Actions = {
  default: async (event) => {
    const now = new Date();
    const { question, session } = await orError(openQuestion(event, now));
    const sent = await formValues(event.request, ['value', 'useful', 'more']);
    const { value = '' } = sent;
    const texts = { useful: typed(sent.useful), more: typed(sent.more) };
    const values = { value, ...texts };
    if (!/^(\d|10)$/.test(value)) return fail(400, { values, errors: { value: m.useful_value_missing() } });
    const given = { value: Number(value), ...texts };
    const refused = await orFail(answering.answer(event.locals.app.db, question.linkId, session, given, now), values);
    if (refused) return refused;
    redirect(303, `/useful/${question.linkId}?thanks=yes`);
  },
};

function typed(text = ''): string {
  return text.replaceAll('\r\n', '\n').trim();
}
