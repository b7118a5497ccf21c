import { fail, redirect } from '@sveltejs/kit';
import { readChoice } from '#lib/components/report/choice.ts';
import { toPage } from '#lib/report-page/to-page.ts';
import type { OpenedReport } from '#lib/server/reports/service.ts';
import { readForm } from '#lib/server/form-values.ts';
import * as reports from '#lib/server/reports/service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { codeOf, orError } from '#lib/server/http.ts';
import { pageValue } from '#lib/server/page-value.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';
import { toConfirmation } from './to-confirmation.ts';

export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  const actor = signedIn(locals);
  // Only this word of the address is the server's: the framework asks for the page again when it changes.
  const { level } = readChoice(new URLSearchParams({ level: url.searchParams.get('level') ?? '' }));
  const { db, readDb } = locals.app;
  const opened = await orError(openOrAsk(reports.open(db, readDb, actor, params.schoolRound, new Date())));
  if (opened === null) {
    const name = await orError(reports.nameOf(readDb, actor, params.schoolRound));
    return { title: titleOf(name), report: null, confirmation: toConfirmation(name, locals.locale) };
  }
  const report = await pageValue(event, async () => toPage(await opened.read(level), locals.locale));
  return { title: titleOf(opened.name), report, confirmation: null };
};

export const actions: Actions = {
  confirm: async ({ locals, params, request }) => {
    const actor = signedIn(locals);
    if ((await readForm(request)).get('develop') !== 'yes') return fail(400, { message: m.report_confirm_check() });
    await orError(reports.confirm(locals.app.db, actor, params.schoolRound));
    redirect(303, `/reports/${params.schoolRound}`);
  },
};

function titleOf({ schoolName, round }: OpenedReport['name']): string {
  return m.report_title({ school: schoolName, round });
}

/** Null where the director has to confirm first. */
async function openOrAsk(opened: Promise<OpenedReport>): Promise<OpenedReport | null> {
  try {
    return await opened;
  } catch (cause) {
    if (codeOf(cause) === 'confirmation_needed') return null;
    throw cause;
  }
}
