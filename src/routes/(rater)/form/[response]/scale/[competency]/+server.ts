import * as answers from '#lib/server/answers/service.ts';
import { readScale, SCALE_BYTES } from '#lib/server/form-input.ts';
import { asJson, readJson } from '#lib/server/json-body.ts';
import { openForm } from '#lib/server/rater.ts';
import type { RequestHandler } from './$types';

/** Saves the IB'er's scale question of one competency, harmless to repeat. Replies with what is stored now. */
export const PUT: RequestHandler = (event) =>
  asJson(async () => {
    const { changedAt, ...scale } = readScale(await readJson(event.request, SCALE_BYTES));
    const form = await openForm(event);
    return answers.saveScale(event.locals.app.db, form, event.params.competency, scale, changedAt);
  });
