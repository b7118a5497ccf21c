import { redirect } from '@sveltejs/kit';
import { isAnswered } from '#lib/form/answer.ts';
import { competencyOrder, pageView } from '#lib/form/page-view.ts';
import * as answers from '#lib/server/answers/service.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { formSession, headOf, openForm } from '#lib/server/rater.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as responses from '#lib/server/responses/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals.app;
  const form = await orError(openForm(event));
  if (!form.writable) redirect(303, `/form/${form.publicId}/receipt`);
  if (form.asksConsent && form.consent === null) redirect(303, `/form/${form.publicId}`);
  const { instrument } = await responses.instrumentOf(db, form);
  const given = await answers.load(db, form);
  const hasLookedBack = Object.keys(given.then).length > 0;
  const reader = { role: form.role, locale: event.locals.locale, seed: form.pageSeed };
  const order = competencyOrder(instrument, form.pageSeed);
  const pages = order.flatMap((code) => pageView(instrument, code, reader) ?? []);
  const open = pages.map((page) => {
    const aspects = page.clusters.flatMap((cluster) => cluster.aspects);
    return {
      code: page.code,
      title: page.title,
      aspects: aspects
        .filter((aspect) => !isAnswered(given.aspects[aspect.code]))
        .map(({ code, number, text }) => ({ code, number, text })),
      scale: page.scale !== null && !hasLookedBack && (given.now[page.code]?.value ?? null) === null,
      count: aspects.length,
    };
  });
  return {
    form: headOf(form),
    open: open.filter((page) => page.aspects.length > 0),
    // May be skipped, so it is not called open.
    scales: open.filter((page) => page.scale).map(({ code, title }) => ({ code, title })),
    aspects: open.reduce((sum, page) => sum + page.count, 0),
    openAspects: open.reduce((sum, page) => sum + page.aspects.length, 0),
    last: order.at(-1) ?? '',
    consent: form.asksConsent ? form.consent : null,
    waitsAgain: await responses.waitsAgain(db, form),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { response } = event.params;
    const { db, config } = event.locals.app;
    const refusal = await orFail(invitations.submit(db, config, response, formSession(event)), null);
    if (refusal) return refusal;
    redirect(303, `/form/${response}/receipt`);
  },
};
