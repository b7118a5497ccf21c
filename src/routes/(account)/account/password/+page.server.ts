import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as account from '#lib/server/accounts/account-service.ts';
import { PASSWORD_LENGTH } from '#lib/server/auth/passwords-service.ts';
import { freshSession } from '#lib/server/fresh.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orRefuse } from '#lib/server/http.ts';
import { wayOf } from '#lib/server/way.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

// As typed: a space at either end is part of it.
const input = z.object({ password: z.string().min(1).max(PASSWORD_LENGTH.max) });

export const load: PageServerLoad = (event) => {
  const { email } = freshSession(event, wayOf(event).now);
  return { email, min: PASSWORD_LENGTH.min, max: PASSWORD_LENGTH.max };
};

export const actions: Actions = {
  default: async (event) => {
    const { now } = wayOf(event);
    const session = freshSession(event, now);
    const parsed = input.safeParse(await formValues(event.request, ['password']));
    if (!parsed.success) return fail(400, { errors: fieldErrors(parsed.error) });
    const { password } = parsed.data;
    const { min } = PASSWORD_LENGTH;
    if (password.length < min) return fail(400, { errors: { password: m.password_short({ min }) } });
    const refused = await orRefuse(account.setPassword(event.locals.app.db, session, password, now));
    if (refused) return fail(refused.status, { errors: { password: refused.data.message } });
    redirect(303, withDone('/account', 'password'));
  },
};
