import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as account from '#lib/server/accounts/account-service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orFail } from '#lib/server/http.ts';
import * as personalData from '#lib/server/personal-data/service.ts';
import { pathIn } from '#lib/server/own-path.ts';
import { sessionOf, wayOf } from '#lib/server/way.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const { db, config } = locals.app;
  return {
    account: await account.get(db, config, signedIn(locals), sessionOf(locals), wayOf(event).now),
    files: (await personalData.ownFiles(db, signedIn(locals))).map(
      ({ assignmentId, cohort, assignment, name, size }) => ({
        ...{ assignmentId, cohort, assignment, name, size },
      }),
    ),
    // After a sign-in by recovery code: where it was to lead, said beside how many codes are left.
    goOn: url.searchParams.has('recovered') ? pathIn(url) : null,
  };
};

export const actions: Actions = {
  language: async ({ locals, request }) => {
    const { language } = await formValues(request, ['language']);
    const parsed = z.enum(['nl', 'en']).safeParse(language);
    if (!parsed.success) error(400, { message: errorText('invalid_body'), code: 'invalid_body' });
    await account.setLanguage(locals.app.db, sessionOf(locals), parsed.data);
    redirect(303, withDone('/account', 'language'));
  },

  end: async ({ locals, request }) => {
    const { session } = await formValues(request, ['session']);
    const refused = await orFail(account.endSession(locals.app.db, sessionOf(locals), session ?? ''), {});
    if (refused) return refused;
    redirect(303, withDone('/account', 'device_signed_out'));
  },
};
