import { error, fail, redirect } from '@sveltejs/kit';
import { findAspect } from '#lib/instrument/edit-draft.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { readSeen, readTyped, readWording } from '#lib/server/list-form.ts';
import { overview } from '#lib/server/rounds/progress-service.ts';
import * as wording from '#lib/server/wording/service.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const actor = signedIn(locals);
  const { round, cohort } = await orError(overview(db, actor, params.round));
  if (round.status !== 'closed') redirect(303, `/rounds/${round.id}/wording`);
  const { instrument } = await instruments.load(db, round.instrumentVersionId);
  const asked = findAspect(instrument, params.aspect)?.aspect;
  if (!asked) error(404, { message: errorText('not_found'), code: 'not_found' });
  const proposals = (await orError(wording.ofRound(db, actor, params.round))).get(params.aspect) ?? [];
  const [last] = proposals;
  return {
    round: { id: round.id, name: round.name },
    cohort: { id: cohort.id, name: cohort.name },
    code: asked.code,
    now: { other: asked.other, self: asked.self },
    // What is open is changed; after what is settled comes another proposal, which begins with those words.
    open: last?.stage.kind === 'open' ? shown(last) : null,
    earlier: proposals.filter(({ stage }) => stage.kind !== 'open').map(shown),
    seen: last ? { id: last.id, revision: last.revision } : null,
  };
};

function shown({ id, other, self, reason, author, stage }: wording.Proposal) {
  return { id, other, self, reason, author, stage };
}

export const actions: Actions = {
  save: async ({ locals, params, request }) => {
    const { values } = await readTyped(request);
    const read = readWording(values);
    if (!read.ok) return fail(400, { values, errors: read.errors });
    const { db } = locals.app;
    const proposed = wording.propose(db, signedIn(locals), params.round, params.aspect, readSeen(values), read.value);
    const refused = await orFail(proposed, values);
    if (refused) return refused;
    redirect(303, withDone(`/rounds/${params.round}/wording`));
  },

  withdraw: async ({ locals, params, request }) => {
    const { values } = await readTyped(request);
    const withdrawn = wording.withdraw(locals.app.db, signedIn(locals), params.round, params.aspect, readSeen(values));
    const refused = await orFail(withdrawn, values);
    if (refused) return refused;
    redirect(303, withDone(`/rounds/${params.round}/wording`, 'wording_withdrawn'));
  },
};
