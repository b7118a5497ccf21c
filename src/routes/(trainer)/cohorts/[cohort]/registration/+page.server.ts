import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as places from '#lib/server/registrations/places-service.ts';
import * as registrations from '#lib/server/registrations/service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = signedIn(locals);
  const { db } = locals.app;
  const overview = await orError(registrations.get(db, actor, params.cohort, new Date()));
  const { id, name } = await cohorts.get(db, actor, params.cohort);
  return { cohort: { id, name }, overview };
};

const pageOf = ({ params }: Pick<RequestEvent, 'params'>) => `/cohorts/${params.cohort}/registration`;

async function setClosed(event: RequestEvent, isClosed: boolean) {
  const { locals, params } = event;
  const work = registrations.setClosed(locals.app.db, signedIn(locals), params.cohort, isClosed, new Date());
  const refused = await orFail(work, {});
  if (refused) return refused;
  redirect(303, withDone(pageOf(event), isClosed ? 'registration_closed' : 'registration_reopened'));
}

export const actions: Actions = {
  link: async ({ locals, params }) => {
    const { db, config } = locals.app;
    const work = registrations.makeLink(db, signedIn(locals), config.publicUrl, params.cohort, new Date());
    const url = await orFail(work, {});
    return typeof url === 'string' ? { url } : url;
  },

  give: async (event) => {
    const { locals, params, request } = event;
    const { db, config } = locals.app;
    const { seen = '' } = await formValues(request, ['seen']);
    const ids = seen.split(' ').filter((id) => id !== '');
    const work = places.give(db, signedIn(locals), config.secret, params.cohort, ids, new Date());
    const given = await orFail(work, {});
    if (!('placed' in given)) return given;
    redirect(303, withDone(pageOf(event), given.placed > 0 ? 'registration_placed' : 'registration_told'));
  },

  close: (event) => setClosed(event, true),
  reopen: (event) => setClosed(event, false),
};
