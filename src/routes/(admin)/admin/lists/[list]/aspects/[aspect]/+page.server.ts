import { error, fail, redirect } from '@sveltejs/kit';
import { changeAspect, findAspect } from '#lib/instrument/edit-draft.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as lists from '#lib/server/instruments/lists-service.ts';
import { readAspect, readTyped } from '#lib/server/list-form.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const actor = signedIn(locals);
  const { id, title, status, revision, draft, basedOn } = await orError(drafts.open(db, actor, params.list));
  if (status !== 'draft') redirect(303, `/admin/lists/${id}`);
  const found = findAspect(draft, params.aspect);
  if (!found) error(404, { message: errorText('not_found'), code: 'not_found' });
  const before = basedOn === null ? null : await orError(lists.get(db, actor, basedOn));
  return {
    list: { id, title, revision },
    competency: { code: found.competency.code, title: found.competency.title },
    cluster: found.cluster.key,
    aspect: found.aspect,
    clusters: draft.competencies.map(({ code, title: name, clusters }) => ({
      competency: `${code} ${name.nl}`,
      clusters: clusters.map((each) => ({ key: each.key, title: each.title.nl })),
    })),
    // Where the version before asks it too, changing a text ends the comparison.
    comparedWith: before?.instrument && findAspect(before.instrument, params.aspect) ? before.version : null,
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { values, roles, revision } = await readTyped(request);
    const read = readAspect(values, roles);
    if (!read.ok) return fail(400, { values, roles, errors: read.errors });
    const { code } = read.value;
    const changed = drafts.change(
      ...([locals.app.db, signedIn(locals), params.list, revision] as const),
      (draft) => changeAspect(draft, params.aspect, read.value, values['cluster'] ?? ''),
      code,
    );
    const refused = await orFail(changed, values);
    if (refused) return refused;
    const { draft } = await orError(drafts.open(locals.app.db, signedIn(locals), params.list));
    const page = `/admin/lists/${params.list}/competencies/${findAspect(draft, code)?.competency.code}`;
    redirect(303, withDone(`${page}#aspect-${code}`));
  },
};
