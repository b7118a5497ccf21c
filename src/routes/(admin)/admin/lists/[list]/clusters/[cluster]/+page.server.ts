import { error, fail, redirect } from '@sveltejs/kit';
import { addAspect, nextCode, renameCluster } from '#lib/instrument/edit-draft.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import { readAspect, readTitle, readTyped } from '#lib/server/list-form.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { id, title, status, revision, draft } = await orError(
    drafts.open(locals.app.db, signedIn(locals), params.list),
  );
  if (status !== 'draft') redirect(303, `/admin/lists/${id}`);
  const competency = draft.competencies.find(({ clusters }) => clusters.some(({ key }) => key === params.cluster));
  const cluster = competency?.clusters.find(({ key }) => key === params.cluster);
  if (!competency || !cluster) error(404, { message: errorText('not_found'), code: 'not_found' });
  return {
    list: { id, title, revision },
    competency: { code: competency.code, title: competency.title },
    cluster,
    nextCode: nextCode(draft, params.cluster),
  };
};

export const actions: Actions = {
  save: async ({ locals, params, request }) => {
    const { values, revision } = await readTyped(request);
    const read = readTitle(values);
    if (!read.ok) return fail(400, { cluster: { values, errors: read.errors }, errors: read.errors });
    const changed = drafts.change(...([locals.app.db, signedIn(locals), params.list, revision] as const), (draft) =>
      renameCluster(draft, params.cluster, read.value),
    );
    const refused = await orFail(changed, {});
    if (refused) return refused;
    redirect(303, withDone(`/admin/lists/${params.list}/clusters/${params.cluster}`));
  },

  add: async ({ locals, params, request }) => {
    const { values, roles, revision } = await readTyped(request);
    const read = readAspect(values, roles);
    if (!read.ok) return fail(400, { values, roles, errors: read.errors });
    const added = drafts.change(
      ...([locals.app.db, signedIn(locals), params.list, revision] as const),
      (draft) => addAspect(draft, params.cluster, read.value),
      read.value.code,
    );
    const refused = await orFail(added, values);
    if (refused) return refused;
    redirect(303, withDone(`/admin/lists/${params.list}/clusters/${params.cluster}#add`, 'added'));
  },
};
