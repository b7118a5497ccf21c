import { redirect } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { signedIn } from '#lib/server/actor.ts';
import * as backups from '#lib/server/backups/schedule-service.ts';
import { orError } from '#lib/server/http.ts';
import * as jobs from '#lib/server/jobs/service.ts';
import { jobDetailText } from '#lib/text/job-details.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { db, config } = locals.app;
  const actor = signedIn(locals);
  const state = (await orError(jobs.list(db, actor))).find(({ name }) => name === 'backup');
  const last = state?.runs[0];
  return {
    ...backups.overview(actor, config),
    last: last ? { ...last, text: jobDetailText(last.detail, getLocale()) } : null,
    isAsked: url.searchParams.has('asked'),
  };
};

export const actions: Actions = {
  default: async ({ locals }) => {
    await orError(jobs.askNow(locals.app.db, signedIn(locals), 'backup', new Date()));
    redirect(303, '/admin/backups?asked');
  },
};
