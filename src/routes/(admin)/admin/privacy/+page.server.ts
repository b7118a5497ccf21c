import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orFail } from '#lib/server/http.ts';
import * as privacy from '#lib/server/privacy/service.ts';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

/** An empty field says that it is not known. */
const orNull = <S extends z.ZodType<string>>(shape: S) =>
  z.preprocess((typed) => (typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : null), shape.nullable());

const name = orNull(z.string().max(200));
const email = orNull(z.string().max(254).pipe(z.email()));
const input = z.object({ controller: name, controllerEmail: email, officer: name, officerEmail: email });
const fields = [...input.keyof().options, 'version'] as const;

export const load: PageServerLoad = async ({ locals }) => {
  const contact = await privacy.contact(locals.app.db);
  return { contact, version: privacy.versionOf(contact), isIncomplete: privacy.isIncomplete(contact) };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const values = await formValues(request, fields);
    const parsed = input.safeParse(values);
    if (!parsed.success) return fail(400, { values, errors: fieldErrors(parsed.error) });
    const change = privacy.changeContact(locals.app.db, signedIn(locals), values.version ?? '', parsed.data);
    const refused = await orFail(change, values);
    if (refused) return refused;
    redirect(303, withDone('/admin/privacy'));
  },
};
