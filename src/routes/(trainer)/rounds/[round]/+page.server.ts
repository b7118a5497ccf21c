import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { responseFigure } from '#lib/charts/response-figure.ts';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as failed from '#lib/server/mail/failed-service.ts';
import { heldUpBy } from '#lib/server/mail/trouble-service.ts';
import { pageValue } from '#lib/server/page-value.ts';
import * as participants from '#lib/server/participants/service.ts';
import { follow } from '#lib/server/rounds/follow-service.ts';
import * as pulse from '#lib/server/rounds/pulse-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

const aboutSchool = z.object({ school: z.uuid() }); // it goes into an address afterwards
const aboutRater = aboutSchool.extend({ invitation: z.string().min(1) });
const aboutMail = aboutSchool.extend({ mail: z.string().min(1) });
const mode = z.enum(['protected', 'open']);
const modeChoice = aboutSchool.extend({ mode, seen: mode });

export const load: PageServerLoad = async (event) => {
  const { locals, params, url, depends } = event;
  depends('drieluik:response'); // while the round is open, the page asks again from time to time
  const { app, locale } = locals;
  const school = url.searchParams.get('school');
  const { days, trouble, schools, ...page } = await orError(follow(app.db, signedIn(locals), params.round, school));
  const { list, asked } = await pulse.askedBy(app.db, page.round);
  const { title, version } = list;
  const total = list.competencies.flatMap(aspectsOf).length;
  const invited = schools.reduce(
    (sum, { forms }) => sum + forms.director.asked + forms.ib.asked + forms.teacher.asked,
    0,
  );
  const response = responseFigure(days, invited, page.round.status === 'closed', locale);
  const asksForLinks = app.config.mail !== null && !page.round.invented;
  const heldUp = heldUpBy(app.config.mail, trouble);
  const size = page.round.isPulse ? { count: asked.length, total } : null;
  const lines = await pageValue(event, () => Promise.resolve(schools));
  await lines.made();
  return { ...page, lines, response, size, list: { title: title[locale], version }, heldUp, asksForLinks };
};

/** The page with this school open, at a place in it. */
function at(round: string, school: string, place = `s-${school}`): string {
  return `/rounds/${round}?school=${school}#${place}`;
}

/** The form's fields; a form that was not made by our page asks for something that is not there. */
async function fieldsOf<T extends z.ZodObject>(request: Request, shape: T): Promise<z.infer<T>> {
  const parsed = shape.safeParse(await formValues(request, Object.keys(shape.shape)));
  if (!parsed.success) error(404, { message: errorText('not_found'), code: 'not_found' });
  return parsed.data;
}

export const actions: Actions = {
  mode: async ({ locals, params, request }) => {
    const { school, mode, seen } = await fieldsOf(request, modeChoice);
    const refused = await orFail(rounds.chooseMode(locals.app.db, signedIn(locals), school, mode, seen), {});
    if (refused) return refused;
    redirect(303, withDone(at(params.round, school)));
  },

  link: async ({ locals, request }) => {
    const { invitation, school } = await fieldsOf(request, aboutRater);
    const { db, config } = locals.app;
    const url = await orFail(invitations.copyLink(db, signedIn(locals), config, invitation), {});
    return typeof url === 'string' ? { school, links: { [invitation]: url } } : url;
  },

  links: async ({ locals, params, request }) => {
    const { school } = await fieldsOf(request, aboutSchool);
    const { db, auth, config } = locals.app;
    const settings = { auth, secret: config.secret, publicUrl: config.publicUrl };
    const all = await orFail(participants.schoolLinks(db, signedIn(locals), settings, params.round, school), {});
    if (!Array.isArray(all)) return all;
    return { school, links: Object.fromEntries(all.map(({ invitationId, url }) => [invitationId, url])) };
  },

  retry: async ({ locals, params, request }) => {
    const { mail, school } = await fieldsOf(request, aboutMail);
    const { app } = locals;
    const refused = await orFail(failed.retry(app.db, signedIn(locals), mail, new Date()), {});
    if (refused) return refused;
    app.mail.resume(); // whoever presses it may know that the server is back
    redirect(303, withDone(at(params.round, school), 'retried'));
  },
};
