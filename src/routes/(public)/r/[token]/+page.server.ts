import { redirect } from '@sveltejs/kit';
import { orError } from '#lib/server/http.ts';
import { letIn } from '#lib/server/registration-cookie.ts';
import * as entering from '#lib/server/registrations/entering-service.ts';
import { orCountUnknown } from '#lib/server/way.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const follow = (event: Pick<RequestEvent, 'locals' | 'params' | 'getClientAddress'>) =>
  orError(orCountUnknown(event, entering.follow(event.locals.app.db, event.params.token, new Date())));

// Changes nothing: mail scanners open links too.
export const load: PageServerLoad = async (event) => {
  const followed = await follow(event);
  return followed.kind === 'register'
    ? { school: null, cohortName: followed.cohortName, isTaking: followed.isTaking }
    : { school: followed.schoolName, cohortName: followed.cohortName, isTaking: true };
};

export const actions: Actions = {
  default: async (event) => {
    const followed = await follow(event);
    const [page, id] =
      followed.kind === 'register'
        ? (['register', followed.cohortId] as const)
        : (['registration', followed.entryId] as const);
    redirect(303, letIn(event, page, id, event.params.token));
  },
};
