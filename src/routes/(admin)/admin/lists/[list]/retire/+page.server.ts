import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { id, title, version, revision, status } = await orError(
    drafts.open(locals.app.db, signedIn(locals), params.list),
  );
  if (status !== 'published') redirect(303, `/admin/lists/${id}`);
  return { list: { id, title, version, revision } };
};

export const actions: Actions = {
  default: async ({ locals, params }) => {
    const refused = await orFail(drafts.retire(locals.app.db, signedIn(locals), params.list), {});
    if (refused) return refused;
    redirect(303, withDone(`/admin/lists/${params.list}`, 'list_retired'));
  },
};
