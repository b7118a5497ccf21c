import { fail, redirect, type ActionFailure } from '@sveltejs/kit';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { signedIn } from '#lib/server/actor.ts';
import { KEPT_FOR_BACK } from '#lib/server/caching.ts';
import { readForm } from '#lib/server/form-values.ts';
import { orFail } from '#lib/server/http.ts';
import { listRefusal, sentList, type ListRefusal, type SentList } from '#lib/server/import-form.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as upload from '#lib/server/instruments/upload-service.ts';
import { atPace } from '#lib/server/limits/pace-service.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { withDone } from '#lib/text/done.ts';
import { faultText } from '#lib/text/faults.ts';
import type { Actions, PageServerLoad } from './$types';

/** As much as any body may have: a list of 2 MB with what a form puts around it. */
const IMPORT_BYTES = 3 * 1024 * 1024;

export const load: PageServerLoad = ({ request, setHeaders }) => {
  // Back from the preview finds what was pasted.
  if (request.method === 'GET') setHeaders({ 'cache-control': KEPT_FOR_BACK });
  return {};
};

const NAMED = ['key', 'version', 'title_nl', 'title_en'] as const;
type Sent = SentList & { values: Record<'text' | (typeof NAMED)[number], string> };

/** What was sent, with what a CSV list is called. */
async function sent(request: Request): Promise<Sent> {
  const data = await readForm(request, IMPORT_BYTES);
  const [key = '', version = '', title_nl = '', title_en = ''] = NAMED.map((name) => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  });
  const list = await sentList(data);
  return { ...list, values: { text: list.text, key, version, title_nl, title_en } };
}

type Refused = { values: Sent['values']; isGuessed: boolean; refusal: ListRefusal };

function refusalOf(answer: Extract<upload.ListFile, { ok: false }>, list: Sent): ActionFailure<Refused> {
  const { values, isGuessed, text, input } = list;
  const refusal = listRefusal(answer, text, (fault) => faultText(fault, getLocale()));
  // JSON has no columns with names.
  const faults = upload.isJson(input) ? refusal.faults.map((fault) => ({ ...fault, heading: null })) : refusal.faults;
  return fail(400, { values, isGuessed, refusal: { ...refusal, faults } });
}

/** The list in what was sent, in the reader's pace. */
function read(list: Sent, userId: string): Promise<upload.ListFile> {
  const { key, version, title_nl, title_en } = list.values;
  const named = { key, version, title: { nl: title_nl || key, en: title_en || title_nl || key } };
  return atPace('list', userId, () => Promise.resolve(upload.readList(list.input, named)));
}

function sumOf({ key, version, title, competencies }: Instrument) {
  return {
    name: { key, version, title },
    competencies: competencies.map((each) => ({
      code: each.code,
      title: each.title.nl,
      clusters: each.clusters.length,
      aspects: aspectsOf(each).length,
    })),
  };
}

export const actions: Actions = {
  preview: async ({ locals, request }) => {
    const list = await sent(request);
    const answer = await orFail(read(list, signedIn(locals).userId), list.values);
    if (!('ok' in answer)) return answer;
    if (!answer.ok) return refusalOf(answer, list);
    return { values: list.values, isGuessed: list.isGuessed, plan: sumOf(answer.instrument) };
  },

  add: async ({ locals, request }) => {
    const list = await sent(request);
    const actor = signedIn(locals);
    const answer = await orFail(read(list, actor.userId), list.values);
    if (!('ok' in answer)) return answer;
    if (!answer.ok) return refusalOf(answer, list);
    const id = await orFail(drafts.addImported(locals.app.db, actor, answer.instrument), list.values);
    if (typeof id !== 'string') return id;
    redirect(303, withDone(`/admin/lists/${id}`, 'list_made'));
  },
};
