import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import { readName, readTyped } from '#lib/server/list-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const id = url.searchParams.get('from');
  if (id === null) return { from: null };
  const { key, version, draft } = await orError(drafts.open(locals.app.db, signedIn(locals), id));
  return { from: { id, key, version, title: draft.title } };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const { values } = await readTyped(request);
    const read = readName(values);
    if (!read.ok) return fail(400, { values, errors: read.errors });
    const made = drafts.make(locals.app.db, signedIn(locals), read.value, values['from'] || null);
    const id = await orFail(made, values);
    if (typeof id !== 'string') return id;
    redirect(303, withDone(`/admin/lists/${id}`, 'list_made'));
  },
};
