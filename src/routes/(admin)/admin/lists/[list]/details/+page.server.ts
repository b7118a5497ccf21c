import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import { readDetails, readTyped } from '#lib/server/list-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { id, status, revision, draft } = await orError(drafts.open(locals.app.db, signedIn(locals), params.list));
  if (status !== 'draft') redirect(303, `/admin/lists/${id}`);
  return { id, revision, version: draft.version, title: draft.title, source: draft.source };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { values, revision } = await readTyped(request);
    const read = readDetails(values);
    if (!read.ok) return fail(400, { values, errors: read.errors });
    const changed = drafts.change(locals.app.db, signedIn(locals), params.list, revision, (draft) => ({
      ok: true,
      draft: { ...draft, ...read.value },
    }));
    const refused = await orFail(changed, values);
    if (refused) return refused;
    redirect(303, withDone(`/admin/lists/${params.list}`));
  },
};
