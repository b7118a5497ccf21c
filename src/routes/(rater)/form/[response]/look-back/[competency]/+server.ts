import * as answers from '#lib/server/answers/service.ts';
import { ANSWER_BYTES, readLookBack } from '#lib/server/form-input.ts';
import { asJson, readJson } from '#lib/server/json-body.ts';
import { openForm } from '#lib/server/rater.ts';
import type { RequestHandler } from './$types';

/** Saves the IB'er's look-back question of one competency, harmless to repeat. Replies with what is stored now. */
export const PUT: RequestHandler = (event) =>
  asJson(async () => {
    const { changedAt, value } = readLookBack(await readJson(event.request, ANSWER_BYTES));
    const form = await openForm(event);
    return answers.saveLookBack(event.locals.app.db, form, event.params.competency, value, changedAt);
  });
