import { fail, type ActionFailure } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { readForm } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as imports from '#lib/server/participants/import-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { faultText } from '#lib/text/faults.ts';
import type { Actions, PageServerLoad } from './$types';

/** So many faults are listed; a file with more has the same few mistakes on every row. */
const SHOWN = 50;

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const cohort = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  const isOpen = (await rounds.list(db, cohort.id)).some((round) => round.status === 'open');
  return { cohort, isOpen, maxRows: imports.TEAM_FILE_LIMITS.rows };
};

/** What was sent: an uploaded file, and else what was pasted; `text` goes back to the page to be mended. */
async function sent(request: Request): Promise<{ input: string | Uint8Array; text: string }> {
  const data = await readForm(request);
  const file = data.get('file');
  const pasted = data.get('text');
  const text = typeof pasted === 'string' ? pasted.replaceAll('\r\n', '\n') : '';
  if (!(file instanceof File) || file.size === 0) return { input: text, text };
  const input = new Uint8Array(await file.arrayBuffer());
  return { input, text: isText(input) ? new TextDecoder().decode(input) : text };
}

/** Whether the file can be shown to be mended: UTF-8, and not too large to read anyway. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.length > imports.TEAM_FILE_LIMITS.bytes || bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

type Answer = Awaited<ReturnType<typeof imports.preview>>;

function refusalOf(
  answer: Extract<Answer, { ok: false }>,
  text: string,
): ActionFailure<{ text: string; refusal: object }> {
  const faults = answer.faults.slice(0, SHOWN).map((fault) => {
    const { line, column } = fault;
    return { line, column, text: faultText(fault, getLocale()) };
  });
  return fail(400, { text, refusal: { faults, total: answer.total } });
}

export const actions: Actions = {
  preview: async ({ locals, params, request }) => {
    const { db } = locals.app;
    const { input, text } = await sent(request);
    const answer = await orError(imports.preview(db, signedIn(locals), params.cohort, input));
    return answer.ok ? { text, plan: answer } : refusalOf(answer, text);
  },

  add: async ({ locals, params, request }) => {
    const { db, config } = locals.app;
    const { input, text } = await sent(request);
    const adding = imports.add(db, signedIn(locals), config.secret, params.cohort, input);
    const answer = await orFail(adding, { text });
    if (!('ok' in answer)) return answer;
    return answer.ok ? { added: answer, message: m.import_done() } : refusalOf(answer, text);
  },
};
