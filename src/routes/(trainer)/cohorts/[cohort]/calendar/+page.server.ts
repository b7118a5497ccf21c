import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as calendar from '#lib/server/calendar/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const work = calendar.list(locals.app.db, signedIn(locals), params.cohort, new Date());
  const { cohort, ...calendars } = await orError(work);
  return { cohort: { id: cohort.id, name: cohort.name }, ...calendars };
};

/** Whose address a button is about; null for that of the cohort. */
async function whose({ request }: RequestEvent): Promise<string | null> {
  const { person = '' } = await formValues(request, ['person']);
  return person === '' ? null : person;
}

export const actions: Actions = {
  make: async (event) => {
    const { locals, params } = event;
    const { db, config } = locals.app;
    const person = await whose(event);
    const url = await orFail(
      calendar.make(db, signedIn(locals), config.publicUrl, params.cohort, person, new Date()),
      {},
    );
    return typeof url === 'string' ? { person, url } : url;
  },

  end: async (event) => {
    const { locals, params } = event;
    const refused = await orFail(calendar.end(locals.app.db, signedIn(locals), params.cohort, await whose(event)), {});
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}/calendar`, 'calendar_ended'));
  },
};
