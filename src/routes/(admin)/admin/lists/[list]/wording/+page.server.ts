import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import { readSeen, readTyped } from '#lib/server/list-form.ts';
import * as wording from '#lib/server/wording/service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const actor = signedIn(locals);
  const { id, title, version, revision, status } = await orError(drafts.open(db, actor, params.list));
  const proposals = await orError(wording.forList(db, actor, params.list));
  return {
    list: { id, title, version, revision, isDraft: status === 'draft' },
    proposals: proposals.map(({ id: proposal, revision: seen, aspect, other, self, reason, author, now }) => ({
      ...{ id: proposal, seen, aspect, other, self, reason, author },
      now: now && { other: now.other, self: now.self },
    })),
    taken: (await orError(wording.takenInto(db, actor, params.list))).map(toTaken),
  };
};

function toTaken({ id, aspect, other, self, author, now, isAsProposed }: wording.Taken) {
  const stands: 'as_proposed' | 'changed' | 'gone' = isAsProposed ? 'as_proposed' : now ? 'changed' : 'gone';
  return { id, aspect, other, self, author, stands };
}

const pageOf = (list: string) => `/admin/lists/${list}/wording`;

export const actions: Actions = {
  take: async ({ locals, params, request }) => {
    const { values, revision } = await readTyped(request);
    const { db } = locals.app;
    const taken = wording.takeOver(db, signedIn(locals), params.list, revision, readSeen(values));
    const refused = await orFail(taken, {});
    if (refused) return refused;
    redirect(303, withDone(pageOf(params.list), 'wording_taken'));
  },

  decline: async ({ locals, params, request }) => {
    const { values } = await readTyped(request);
    const declined = wording.decline(locals.app.db, signedIn(locals), params.list, readSeen(values));
    const refused = await orFail(declined, {});
    if (refused) return refused;
    redirect(303, withDone(pageOf(params.list), 'wording_declined'));
  },
};
