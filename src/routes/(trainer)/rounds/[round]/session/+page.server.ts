import { fail, isActionFailure, redirect } from '@sveltejs/kit';
import { toSession } from '#lib/dashboard-page/to-session.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import { signedIn } from '#lib/server/actor.ts';
import * as dashboards from '#lib/server/dashboard/service.ts';
import { readForm } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as nextSession from '#lib/server/next-session/service.ts';
import { readSession, type SentSession } from '#lib/server/session-form.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Eleven notes of the longest kind, in letters of nine bytes. */
const SESSION_BYTES = 256 * 1024;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const found = await orError(dashboards.session(locals.app.db, signedIn(locals), params.round));
  if (found === null || found.figures.schools < LIMITS.minSchools) {
    redirect(303, `/rounds/${params.round}/dashboard`); // which says when it comes, or why there is none
  }
  return toSession(found, url.searchParams.get('swap'), locals.locale);
};

/** Stores what was typed, with or without a swap; gives back what the page needs to show a refusal, or null. */
async function store(event: RequestEvent, sent: SentSession, to: string | null | undefined) {
  const { locals, params } = event;
  const swap = to === undefined || sent.place === null ? null : { proposed: sent.place, seen: sent.seen, to };
  const work = nextSession.change(locals.app.db, signedIn(locals), params.round, sent.notes, swap);
  const versions = await orFail(work, sent.values);
  return isActionFailure(versions) ? versions : null;
}

const sentBy = async ({ request }: RequestEvent) => readSession(await readForm(request, SESSION_BYTES));
const pageOf = ({ params }: RequestEvent) => `/rounds/${params.round}/session`;

export const actions: Actions = {
  /** Stores notes while they are typed; says which version each has now, to type over the next time. */
  keep: async (event) => {
    const { notes, values } = await sentBy(event);
    const { locals, params } = event;
    const versions = await orFail(nextSession.change(locals.app.db, signedIn(locals), params.round, notes), values);
    return isActionFailure(versions) ? versions : { versions };
  },

  save: async (event) => {
    const refused = await store(event, await sentBy(event), undefined);
    if (refused) return refused;
    redirect(303, withDone(pageOf(event)));
  },

  /** Opens the choice for a place; what was typed meanwhile is kept. */
  choose: async (event) => {
    const sent = await sentBy(event);
    const refused = await store(event, sent, undefined);
    if (refused) return refused;
    redirect(303, `${pageOf(event)}?swap=${encodeURIComponent(sent.place ?? '')}#swap`);
  },

  swap: async (event) => {
    const sent = await sentBy(event);
    if (sent.to === '') return fail(400, { values: sent.values, errors: { to: m.training_swap_choose() } });
    const refused = await store(event, sent, sent.to);
    if (refused) return refused;
    redirect(303, withDone(`${pageOf(event)}#on-${sent.to}`));
  },

  undo: async (event) => {
    const sent = await sentBy(event);
    const refused = await store(event, sent, null);
    if (refused) return refused;
    redirect(303, withDone(`${pageOf(event)}#on-${sent.place ?? ''}`));
  },
};
