import * as answers from '#lib/server/answers/service.ts';
import { ANSWER_BYTES, readAnswer } from '#lib/server/form-input.ts';
import { asJson, readJson } from '#lib/server/json-body.ts';
import { openForm } from '#lib/server/rater.ts';
import type { RequestHandler } from './$types';

/** Saves one answer, harmless to repeat. Replies with the answer that is stored now. */
export const PUT: RequestHandler = (event) =>
  asJson(async () => {
    const { changedAt, ...answer } = readAnswer(await readJson(event.request, ANSWER_BYTES));
    const form = await openForm(event);
    return answers.save(event.locals.app.db, form, event.params.aspect, answer, changedAt);
  });
