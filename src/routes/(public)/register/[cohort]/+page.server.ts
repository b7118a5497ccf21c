import { fail, redirect } from '@sveltejs/kit';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { LIMITS, take } from '#lib/server/limits/guesses-service.ts';
import { tokenFor } from '#lib/server/registration-cookie.ts';
import { ENTRY_FIELDS, readEntry } from '#lib/server/registration-form.ts';
import * as entering from '#lib/server/registrations/entering-service.ts';
import { clientOf } from '#lib/server/way.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

function open(event: Pick<RequestEvent, 'locals' | 'params' | 'cookies'>, now: Date): Promise<entering.Invitation> {
  const token = tokenFor(event, 'register', event.params.cohort);
  return entering.openShared(event.locals.app.db, event.params.cohort, token, now);
}

export const load: PageServerLoad = async (event) => {
  const { programmeName, partnershipName, isTaking, isBelow, isFull, sessions, ...invitation } = await orError(
    open(event, new Date()),
  );
  const { cohortId, cohortName, about, startsOn, lastOn, pairs, minPeople, maxPeople } = invitation;
  return {
    ...{ cohortId, cohortName, programmeName, partnershipName, about, startsOn, lastOn, pairs, minPeople, maxPeople },
    ...{ isTaking, isBelow, isFull, sessions },
    isThanks: event.url.searchParams.get('thanks') === 'yes',
    language: event.locals.locale,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const now = new Date();
    const { db, config } = event.locals.app;
    const values = await formValues(event.request, ENTRY_FIELDS);
    await orError(open(event, now));
    const read = readEntry(values);
    if ('errors' in read) return fail(400, { values, errors: read.errors });
    const token = tokenFor(event, 'register', event.params.cohort);
    const work = take(db, config, LIMITS.registration, clientOf(event), now).then(() =>
      entering.register(db, config.secret, event.params.cohort, token, read.given, now),
    );
    const refused = await orFail(work, values);
    if (refused) return refused;
    redirect(303, `/register/${event.params.cohort}?thanks=yes`);
  },
};
