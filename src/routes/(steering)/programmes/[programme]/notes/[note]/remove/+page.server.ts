import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as notes from '#lib/server/programmes/notes-service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { programme, note } }) => {
  const { id, text, version } = await orError(notes.own(locals.app.db, signedIn(locals), programme, note));
  return { programme, note: { id, text, version } };
};

export const actions: Actions = {
  default: async ({ locals, params: { programme, note }, request }) => {
    const { version } = await formValues(request, ['version']);
    const seen = { id: note, version: Number(version) };
    const refused = await orFail(notes.remove(locals.app.db, signedIn(locals), programme, seen), {});
    if (refused) return refused;
    redirect(303, withDone(`/programmes/${programme}#notes`, 'removed'));
  },
};
