import { fail, redirect } from '@sveltejs/kit';
import { readChoice } from '#lib/components/report/choice.ts';
import { PageText } from '#lib/page-text.ts';
import { toPage } from '#lib/report-page/to-page.ts';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import { readForm } from '#lib/server/form-values.ts';
import * as reports from '#lib/server/reports/service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { codeOf, orError } from '#lib/server/http.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';
import { toConfirmation } from './to-confirmation.ts';

export const load: PageServerLoad = async ({ locals, params, url, isDataRequest }) => {
  const actor = signedIn(locals);
  // Only this word of the address is the server's: the framework asks for the page again when it changes.
  const { level } = readChoice(new URLSearchParams({ level: url.searchParams.get('level') ?? '' }));
  const { db, readDb } = locals.app;
  const opened = reports.open(db, readDb, actor, params.schoolRound, level, new Date());
  const report = await orError(openOrAsk(opened));
  if (report) {
    // As one text: writing it into the page as a tree of objects took the framework as long as making the page.
    const text = new PageText(JSON.stringify(toPage(report, locals.locale)), !isDataRequest);
    if (!isDataRequest) locals.pageText = text;
    return { report: text, confirmation: null };
  }
  const name = await orError(reports.nameOf(readDb, actor, params.schoolRound));
  return { report: null, confirmation: toConfirmation(name, locals.locale) };
};

export const actions: Actions = {
  confirm: async ({ locals, params, request }) => {
    const actor = signedIn(locals);
    if ((await readForm(request)).get('develop') !== 'yes') return fail(400, { message: m.report_confirm_check() });
    await orError(reports.confirm(locals.app.db, actor, params.schoolRound));
    redirect(303, `/reports/${params.schoolRound}`);
  },
};

/** Null where the director has to confirm first. */
async function openOrAsk(opened: Promise<SchoolReport>): Promise<SchoolReport | null> {
  try {
    return await opened;
  } catch (cause) {
    if (codeOf(cause) === 'confirmation_needed') return null;
    throw cause;
  }
}
