import * as answers from '#lib/server/answers/service.ts';
import { asJson } from '#lib/server/json-body.ts';
import { openForm } from '#lib/server/rater.ts';
import type { RequestHandler } from './$types';

/** Everything that is stored of a form: for a page that has been open while another device answered. */
export const GET: RequestHandler = (event) =>
  asJson(async () => {
    const form = await openForm(event);
    const { aspects, now } = await answers.load(event.locals.app.db, form);
    return { writable: form.writable, aspects, scales: now };
  });
