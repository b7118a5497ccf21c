import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { readNote } from '#lib/server/note-form.ts';
import * as notes from '#lib/server/programmes/notes-service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { programme, note } }) => {
  const { id, kind, text, version } = await orError(notes.own(locals.app.db, signedIn(locals), programme, note));
  return { programme, note: { id, kind, text, version } };
};

export const actions: Actions = {
  default: async ({ locals, params: { programme, note }, request }) => {
    const actor = signedIn(locals);
    const read = await readNote(request);
    if (!read.ok) {
      await orError(notes.own(locals.app.db, actor, programme, note));
      return fail(400, { values: read.values, errors: read.errors });
    }
    const seen = { id: note, version: read.version };
    const refused = await orFail(notes.change(locals.app.db, actor, programme, seen, read.note), read.values);
    if (refused) return refused;
    redirect(303, withDone(`/programmes/${programme}#notes`));
  },
};
