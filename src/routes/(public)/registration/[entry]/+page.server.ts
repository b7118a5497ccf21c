import { fail, redirect } from '@sveltejs/kit';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { LIMITS, take } from '#lib/server/limits/guesses-service.ts';
import { leave, letIn, openOwn } from '#lib/server/registration-cookie.ts';
import { ENTRY_FIELDS, entryValues, readEntry } from '#lib/server/registration-form.ts';
import * as entering from '#lib/server/registrations/entering-service.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { clientOf } from '#lib/server/way.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { entry, registration, mayChange } = await orError(openOwn(event));
  const { cohortName, pairs, startsOn, lastOn } = registration;
  const { placedAt, toldWaitingAt, withdrawnAt, goesOn, version } = entry;
  const state =
    withdrawnAt !== null ? 'withdrawn' : placedAt !== null ? 'placed' : toldWaitingAt ? 'waiting' : 'received';
  return {
    ...{ entryId: entry.id, version, values: entryValues(entry), hasDirector: entry.director !== null },
    ...{ cohortName, pairs, startsOn, lastOn, goesOn, mayChange, arrivedAt: entry.arrivedAt },
    state: state as 'withdrawn' | 'placed' | 'waiting' | 'received',
  };
};

export const actions: Actions = {
  save: async (event) => {
    const { token } = await orError(openOwn(event));
    const values = await formValues(event.request, ENTRY_FIELDS);
    const read = readEntry(values);
    if ('errors' in read) return fail(400, { values, errors: read.errors });
    const { db, config } = event.locals.app;
    const at = { entryId: event.params.entry, token, version: versionOf.parse(values.version) };
    const now = new Date();
    const work = take(db, config, LIMITS.registration, clientOf(event), now)
      .then(() => take(db, config, LIMITS.registrationChange, at.entryId, now))
      .then(() => entering.change(db, config.secret, at, read.given, now));
    const next = await orFail(work, values);
    if (typeof next !== 'string') return next;
    redirect(303, withDone(letIn(event, 'registration', event.params.entry, next), 'registration_changed'));
  },

  leave: (event) => {
    leave(event, 'registration', event.params.entry);
    redirect(303, '/stopped');
  },
};
