import { error, redirect } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as jobs from '#lib/server/jobs/service.ts';
import * as mails from '#lib/server/mail/admin-service.ts';
import * as failed from '#lib/server/mail/failed-service.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import { jobDetailText } from '#lib/text/job-details.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { db, config } = locals.app;
  const actor = signedIn(locals);
  return {
    ...(await orError(mails.overview(db, actor, config.mail, new Date()))),
    jobs: (await orError(jobs.list(db, actor))).map((job) => ({
      ...job,
      runs: job.runs.map(inWords),
      failures: job.failures.map(inWords),
    })),
  };
};

function inWords<T extends { detail: string }>(run: T): T & { text: string | null } {
  return { ...run, text: jobDetailText(run.detail, getLocale()) };
}

async function chosenMail(request: Request): Promise<string> {
  const { mail } = await formValues(request, ['mail']);
  if (!mail) error(404, { message: errorText('not_found'), code: 'not_found' });
  return mail;
}

export const actions: Actions = {
  test: async ({ locals }) => {
    const { db, mail } = locals.app;
    await orError(mails.askTest(db, signedIn(locals), new Date()));
    mail.resume(); // whoever presses it may have mended the server
    redirect(303, '/admin/mail#test');
  },

  retry: async ({ locals, request }) => {
    const { db, mail } = locals.app;
    await orError(failed.retry(db, signedIn(locals), await chosenMail(request), new Date()));
    mail.resume();
    redirect(303, withDone('/admin/mail#failed', 'retried'));
  },

  retryAll: async ({ locals }) => {
    const { db, mail } = locals.app;
    await orError(failed.retryAll(db, signedIn(locals), new Date()));
    mail.resume();
    redirect(303, withDone('/admin/mail#failed', 'retried'));
  },

  read: async ({ locals, request }) => {
    const { db, config } = locals.app;
    const id = await chosenMail(request);
    const mail = await orFail(mails.read(db, signedIn(locals), config, id, new Date()), {});
    return mail === null || 'text' in mail ? { read: { id, mail } } : mail;
  },
};
