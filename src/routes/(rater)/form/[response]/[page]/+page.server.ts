import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { pageView, type PageView } from '#lib/form/page-view.ts';
import * as answers from '#lib/server/answers/service.ts';
import { PAGE_BYTES, readPage } from '#lib/server/form-input.ts';
import { readForm } from '#lib/server/form-values.ts';
import { PageValue } from '#lib/page/page-value.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { setLanguage } from '#lib/server/language.ts';
import { headOf, leaveForm, openForm } from '#lib/server/rater.ts';
import * as responses from '#lib/server/responses/service.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

export const load: PageServerLoad = async (event) => {
  const { form, page: asked } = await orError(openPage(event));
  const { aspects, now, then } = await answers.load(event.locals.app.db, form);
  // A form that was opened again: the scale question stays as it was once the IB'er has looked back.
  const isScaleLocked = asked.scale !== null && Object.keys(then).length > 0;
  const page = isScaleLocked ? { ...asked, scale: null } : asked;
  const codes = page.clusters.flatMap((cluster) => cluster.aspects.map((aspect) => aspect.code));
  return {
    shown: PageValue.unsent({
      form: headOf(form),
      // For the offset between the clocks (rules.md, Answers: time order of saves).
      time: Date.now(),
      page,
      answers: Object.fromEntries(codes.flatMap((code) => (aspects[code] ? [[code, aspects[code]] as const] : []))),
      scale: page.scale ? (now[page.code] ?? null) : null,
      isScaleLocked,
    }),
  };
};

const language = z.enum(['nl', 'en']);
const button = z.enum(['next', 'back', 'stop', 'language']).catch('next');

export const actions: Actions = {
  // A page that was sent without scripts: stored as a whole, then on to where the button says.
  default: async (event) => {
    const { form, page } = await orError(openPage(event));
    const data = await readForm(event.request, PAGE_BYTES);
    const sent = await orFail(
      Promise.resolve().then(() => readPage(data, page)),
      null,
    );
    if (!('errors' in sent)) return sent;
    const values = {
      aspects: Object.fromEntries(sent.aspects.map(({ code, after }) => [code, after])),
      scale: sent.scales[0]?.after ?? null,
      before: String(data.get('before') ?? ''),
    };
    const errors = Object.fromEntries(Object.entries(sent.errors).map(([code, rule]) => [code, errorText(rule)]));
    if (Object.keys(errors).length > 0) return fail(400, { values, errors });
    const refusal = await orFail(answers.savePage(event.locals.app.db, form, sent), values);
    if (refusal) return fail(refusal.status, { ...refusal.data, errors });
    await follow(event, button.parse(data.get('go')), page, data);
  },
};

/** The page of this rater's form; away from here when nothing may be answered on it. */
async function openPage(event: RequestEvent<RouteParams>): Promise<{ form: responses.Form; page: PageView }> {
  const form = await openForm(event);
  if (!form.writable) redirect(303, `/form/${form.publicId}/receipt`);
  if (form.asksConsent && form.consent === null) redirect(303, `/form/${form.publicId}`);
  const { instrument } = await responses.instrumentOf(event.locals.app.db, form);
  const reader = { role: form.role, locale: event.locals.locale, seed: form.pageSeed };
  const page = pageView(instrument, event.params.page, reader);
  if (!page) error(404, { message: errorText('not_found'), code: 'not_found' });
  return { form, page: isFromLastLook(event.url) ? { ...page, next: null } : page };
}

/** One statement mended from the last look (`open`): what comes after it is that look again. */
function isFromLastLook(url: URL): boolean {
  return url.searchParams.get('from') === 'open';
}

async function follow(
  event: RequestEvent<RouteParams>,
  go: z.output<typeof button>,
  page: PageView,
  data: FormData,
): Promise<never> {
  const path = `/form/${event.params.response}`;
  if (go === 'stop') {
    await leaveForm(event);
    redirect(303, '/stopped');
  }
  if (go === 'language') {
    const chosen = language.safeParse(data.get('language'));
    if (chosen.success) setLanguage(event.cookies, event.url, chosen.data);
    redirect(303, `${path}/${page.code}${event.url.search}`);
  }
  if (go === 'back') redirect(303, page.previous === null ? path : `${path}/${page.previous}`);
  redirect(303, `${path}/${page.next ?? 'open'}`);
}
