import { redirect } from '@sveltejs/kit';
import { checkDraft } from '#lib/instrument/list-draft.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as lists from '#lib/server/instruments/lists-service.ts';
import { readTyped } from '#lib/server/list-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const actor = signedIn(locals);
  const { id, title, version, revision, status, draft } = await orError(drafts.open(db, actor, params.list));
  if (status !== 'draft') redirect(303, `/admin/lists/${id}`);
  return {
    list: { id, title, version, revision },
    isComplete: checkDraft(draft).ok,
    compared: await orError(lists.comparedWithBase(db, actor, params.list)),
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { revision } = await readTyped(request);
    const refused = await orFail(drafts.publish(locals.app.db, signedIn(locals), params.list, revision), {});
    if (refused) return refused;
    redirect(303, withDone(`/admin/lists/${params.list}`, 'list_published'));
  },
};
