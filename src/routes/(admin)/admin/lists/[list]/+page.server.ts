import { fail, redirect } from '@sveltejs/kit';
import { addCompetency } from '#lib/instrument/edit-draft.ts';
import { checkDraft, showable, withoutEnglish } from '#lib/instrument/list-draft.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as lists from '#lib/server/instruments/lists-service.ts';
import { readCompetency, readTyped } from '#lib/server/list-form.ts';
import { move, putBack, takeOut } from '#lib/server/list-parts.ts';
import * as wording from '#lib/server/wording/service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const actor = signedIn(locals);
  const { draft, removed, ...version } = await orError(drafts.open(db, actor, params.list));
  const checked = checkDraft(draft);
  const instrument = showable(draft);
  return {
    version,
    draft,
    removed,
    faults: checked.ok ? [] : checked.faults,
    english: withoutEnglish(draft),
    roles: instrument?.roles.map(({ key }) => key) ?? [],
    uses: (await orError(lists.get(db, actor, params.list))).uses,
    proposals: (await orError(wording.forList(db, actor, params.list))).length,
    taken: (await orError(wording.takenInto(db, actor, params.list))).length,
    compared: await orError(lists.comparedWithBase(db, actor, params.list)),
  };
};

export const actions: Actions = {
  move: (event) => move(event, `/admin/lists/${event.params.list}`),
  takeOut: (event) => takeOut(event, `/admin/lists/${event.params.list}`),
  putBack: (event) => putBack(event, `/admin/lists/${event.params.list}`),

  add: async ({ locals, params, request }) => {
    const { values, revision } = await readTyped(request);
    const read = readCompetency(values);
    if (!read.ok) return fail(400, { values, errors: read.errors });
    const added = drafts.change(
      ...([locals.app.db, signedIn(locals), params.list, revision] as const),
      (draft) => addCompetency(draft, read.value),
      read.value.code,
    );
    const refused = await orFail(added, values);
    if (refused) return refused;
    redirect(303, withDone(`/admin/lists/${params.list}/competencies/${read.value.code}`, 'added'));
  },

  back: async ({ locals, params }) => {
    const refused = await orFail(drafts.endRetirement(locals.app.db, signedIn(locals), params.list), {});
    if (refused) return refused;
    redirect(303, withDone(`/admin/lists/${params.list}`, 'list_back'));
  },
};
