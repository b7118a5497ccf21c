import { fail, type ActionFailure } from '@sveltejs/kit';
import type { Fault } from '#lib/instrument/faults.ts';
import { signedIn } from '#lib/server/actor.ts';
import { KEPT_FOR_BACK } from '#lib/server/caching.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { readForm } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { listRefusal, sentList, type ListRefusal, type SentList } from '#lib/server/import-form.ts';
import { atPace } from '#lib/server/limits/pace-service.ts';
import * as imports from '#lib/server/participants/import-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { faultText } from '#lib/text/faults.ts';
import type { Actions, PageServerLoad } from './$types';

/** A list of 1 MB, twice over: as it was pasted, in which an accent takes six bytes, and as it was uploaded. */
const LIST_BYTES = 3 * 1024 * 1024;

export const load: PageServerLoad = async ({ locals, params, request, setHeaders }) => {
  const { db } = locals.app;
  // Back from the preview finds what was pasted; the preview itself names people.
  if (request.method === 'GET') setHeaders({ 'cache-control': KEPT_FOR_BACK });
  const cohort = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  const isOpen = (await rounds.list(db, cohort.id)).some((round) => round.status === 'open');
  return { cohort, isOpen, maxRows: imports.TEAM_FILE_LIMITS.rows };
};

const sent = async (request: Request): Promise<SentList> => sentList(await readForm(request, LIST_BYTES));

type Answer = Awaited<ReturnType<typeof imports.preview>>;

function refusalOf(
  answer: Extract<Answer, { ok: false }>,
  { text, isGuessed }: SentList,
): ActionFailure<{ text: string; isGuessed: boolean; refusal: ListRefusal }> {
  const locale = getLocale();
  const words = (fault: Fault) => faultText(imports.withHeadings(fault, locale), locale);
  return fail(400, { text, isGuessed, refusal: listRefusal(answer, text, words) });
}

export const actions: Actions = {
  preview: async ({ locals, params, request }) => {
    const { db } = locals.app;
    const list = await sent(request);
    const actor = signedIn(locals);
    const looking = atPace('list', actor.userId, () => imports.preview(db, actor, params.cohort, list.input));
    const answer = await orError(looking);
    return answer.ok ? { text: list.text, isGuessed: list.isGuessed, plan: answer } : refusalOf(answer, list);
  },

  add: async ({ locals, params, request }) => {
    const { db, config } = locals.app;
    const list = await sent(request);
    const actor = signedIn(locals);
    const adding = atPace('list', actor.userId, () => imports.add(db, actor, config.secret, params.cohort, list.input));
    const answer = await orFail(adding, { text: list.text });
    if (!('ok' in answer)) return answer;
    return answer.ok ? { added: answer, message: m.import_done() } : refusalOf(answer, list);
  },
};
