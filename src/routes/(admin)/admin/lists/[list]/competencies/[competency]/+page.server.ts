import { error, fail, redirect } from '@sveltejs/kit';
import { addCluster, changeCompetency } from '#lib/instrument/edit-draft.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import { readCompetency, readTitle, readTyped } from '#lib/server/list-form.ts';
import { move, takeOut } from '#lib/server/list-parts.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const list = await orError(drafts.open(locals.app.db, signedIn(locals), params.list));
  if (list.status !== 'draft') redirect(303, `/admin/lists/${list.id}`);
  const competency = list.draft.competencies.find(({ code }) => code === params.competency);
  if (!competency) error(404, { message: errorText('not_found'), code: 'not_found' });
  return { list: { id: list.id, title: list.title, revision: list.revision }, competency };
};

const pageOf = ({ list, competency }: RouteParams) => `/admin/lists/${list}/competencies/${competency}`;

export const actions: Actions = {
  move: (event) => move(event, pageOf(event.params)),
  takeOut: (event) => takeOut(event, pageOf(event.params)),

  save: async ({ locals, params, request }) => {
    const { values, revision } = await readTyped(request);
    const read = readCompetency(values);
    if (!read.ok) return fail(400, { values, errors: read.errors });
    const { code } = read.value;
    const changed = drafts.change(
      ...([locals.app.db, signedIn(locals), params.list, revision] as const),
      (draft) => changeCompetency(draft, params.competency, read.value),
      code,
    );
    const refused = await orFail(changed, values);
    if (refused) return refused;
    redirect(303, withDone(pageOf({ ...params, competency: code })));
  },

  addCluster: async ({ locals, params, request }) => {
    const { values, revision } = await readTyped(request);
    const read = readTitle(values);
    if (!read.ok) return fail(400, { cluster: { values, errors: read.errors }, errors: read.errors });
    const added = drafts.change(
      ...([locals.app.db, signedIn(locals), params.list, revision] as const),
      (draft) => addCluster(draft, params.competency, read.value),
      params.competency,
    );
    const refused = await orFail(added, {});
    if (refused) return refused;
    redirect(303, withDone(`${pageOf(params)}#clusters`, 'added'));
  },
};
