import { fail, redirect } from '@sveltejs/kit';
import { may } from '#lib/permissions.ts';
import { toNotes } from '#lib/programme-page/to-notes.ts';
import { toProgramme } from '#lib/programme-page/to-programme.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { readNote } from '#lib/server/note-form.ts';
import * as notes from '#lib/server/programmes/notes-service.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { programme } }) => {
  const actor = signedIn(locals);
  const course = await orError(programmes.course(locals.app.readDb, actor, programme, new Date()));
  const found = await orError(notes.list(locals.app.db, actor, programme));
  return {
    page: toProgramme(course, locals.locale),
    notes: toNotes(found, actor.userId, locals.locale),
    mayNote: may(actor, 'note_programme', { programmeId: programme }),
  };
};

export const actions: Actions = {
  note: async ({ locals, params: { programme }, request }) => {
    const actor = signedIn(locals);
    const read = await readNote(request);
    if (!read.ok) {
      await orError(notes.list(locals.app.db, actor, programme));
      return fail(400, { values: read.values, errors: read.errors });
    }
    const refused = await orFail(notes.add(locals.app.db, actor, programme, read.note), read.values);
    if (typeof refused !== 'string') return refused;
    redirect(303, withDone(`/programmes/${programme}#notes`, 'added'));
  },
};
