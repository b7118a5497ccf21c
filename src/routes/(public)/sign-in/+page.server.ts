import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { SIGN_IN } from '#lib/server/guard.ts';
import { orFail } from '#lib/server/http.ts';
import { findTrouble } from '#lib/server/mail/trouble-service.ts';
import { pathIn, withPath } from '#lib/server/own-path.ts';
import { wayOf } from '#lib/server/way.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const input = z.object({ email: z.string().trim().min(1).max(254).pipe(z.email()) });

/** What has just ended here: every session of the account, or this one. */
const NEWS = ['ended', 'out'] as const;

export const load: PageServerLoad = async ({ locals: { app }, url }) => ({
  hasMail: app.config.mail !== null,
  isMailSlow: app.config.mail !== null && (await findTrouble(app.db, new Date())) !== null,
  isSent: url.searchParams.has('sent'),
  news: NEWS.find((each) => url.searchParams.has(each)) ?? null,
  again: withPath(SIGN_IN, pathIn(url)),
});

export const actions: Actions = {
  /** With a password where one was given, else by mail: one form, so that Enter does what was meant. */
  default: async (event) => {
    const { email, password } = await formValues(event.request, ['email', 'password']);
    const values = { email }; // a password is not sent back
    const parsed = input.safeParse(values);
    if (!parsed.success) return fail(400, { values, errors: fieldErrors(parsed.error) });
    const way = wayOf(event);
    const to = pathIn(event.url);
    const { db } = event.locals.app;
    const step = password
      ? signIn.withPassword(db, way, parsed.data.email, password.slice(0, 200))
      : signIn.requestLink(db, way, parsed.data.email, way.now, to);
    const refused = await orFail(step, values);
    if (refused) return refused;
    redirect(303, password ? to : withPath(`${SIGN_IN}?sent`, to));
  },
};
