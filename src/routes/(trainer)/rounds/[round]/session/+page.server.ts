import { fail, isActionFailure, redirect } from '@sveltejs/kit';
import { toSession, type Swapping } from '#lib/dashboard-page/to-session.ts';
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
  return toSession(found, swappingOf(url), locals.locale);
};

/** The place that is being swapped, and what was looked for, as they stand in the address. */
function swappingOf({ searchParams }: URL): Swapping | null {
  const place = searchParams.get('swap');
  if (place === null) return null;
  return { place, words: searchParams.get('words') ?? '', competency: searchParams.get('competency') };
}

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

/** The page with the choice for a place, and what was looked for there. */
function choiceOf(event: RequestEvent, { place, values }: SentSession): string {
  const query = new URLSearchParams({ swap: place ?? '' });
  for (const name of SEARCH) if (values[name] !== undefined) query.set(name, values[name]);
  return `${pageOf(event)}?${query.toString()}#swap`;
}

const SEARCH = ['words', 'competency'] as const;
const isOtherSearch = ({ values }: SentSession) => SEARCH.some((name) => values[name] !== values[`shown.${name}`]);

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
    redirect(303, choiceOf(event, sent));
  },

  swap: async (event) => {
    const sent = await sentBy(event);
    // Enter in the search field presses the form's first button: who looks for something else has not chosen yet.
    if (event.url.searchParams.get('by') === 'enter' && isOtherSearch(sent)) {
      const refused = await store(event, sent, undefined);
      if (refused) return refused;
      redirect(303, choiceOf(event, sent));
    }
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
