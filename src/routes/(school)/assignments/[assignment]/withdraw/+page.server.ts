import { error, redirect } from '@sveltejs/kit';
import { statusOf } from '#lib/errors.ts';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const own = await orError(handIns.open(locals.app.db, signedIn(locals), params.assignment, new Date()));
  if (own.handIn === null) error(statusOf('not_found'), { message: errorText('not_found'), code: 'not_found' });
  return { assignment: { id: own.assignment.id, title: own.assignment.title }, stamp: own.stamp };
};

export const actions: Actions = {
  default: async ({ locals, params: { assignment }, request }) => {
    const { stamp = '' } = await formValues(request, ['stamp']);
    const work = handIns.withdraw(locals.app.db, signedIn(locals), assignment, stamp, new Date());
    const refused = await orFail(work, {});
    if (refused) return refused;
    redirect(303, withDone(`/assignments/${assignment}`, 'hand_in_withdrawn'));
  },
};
