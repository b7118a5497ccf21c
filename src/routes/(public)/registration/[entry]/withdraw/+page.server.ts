import { redirect } from '@sveltejs/kit';
import { orError, orFail } from '#lib/server/http.ts';
import { openOwn } from '#lib/server/registration-cookie.ts';
import * as withdrawing from '#lib/server/registrations/withdrawing-service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { entry, registration } = await orError(openOwn(event));
  if (entry.withdrawnAt !== null) redirect(303, `/registration/${entry.id}`);
  const { id, school, placedAt } = entry;
  return { entryId: id, school: school.name, cohortName: registration.cohortName, isPlaced: placedAt !== null };
};

export const actions: Actions = {
  default: async (event) => {
    const { entry, token } = await orError(openOwn(event));
    const { db, config } = event.locals.app;
    const refused = await orFail(withdrawing.withdrawOwn(db, config.secret, entry.id, token, new Date()), {});
    if (refused) return refused;
    redirect(303, withDone(`/registration/${entry.id}`, 'registration_withdrawn'));
  },
};
