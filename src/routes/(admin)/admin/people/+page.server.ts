import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as people from '#lib/server/accounts/people-service.ts';
import * as roles from '#lib/server/accounts/roles-service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { readForm } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { readRoles } from '#lib/server/role-form.ts';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const addition = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.string().trim().min(1).max(254).pipe(z.email()),
});
const text = z.string().catch('');
const searched = z.string().max(200).catch('');

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = signedIn(locals);
  const { db } = locals.app;
  const search = searched.parse(url.searchParams.get('q'));
  return {
    search,
    ...(await orError(people.list(db, actor, search))),
    choices: await orError(people.choices(db, actor)),
  };
};

export const actions: Actions = {
  add: async ({ locals, request }) => {
    const data = await readForm(request);
    const chosen = readRoles(data);
    const values = { name: text.parse(data.get('name')), email: text.parse(data.get('email')), chosen };
    const parsed = addition.safeParse(values);
    if (!parsed.success) return fail(400, { values, errors: fieldErrors(parsed.error) });
    const { db, config } = locals.app;
    const added = await orFail(roles.add(db, signedIn(locals), parsed.data, chosen), values);
    if (!('id' in added)) return added;
    const isMailed = config.mail !== null;
    const done = added.isNew ? (isMailed ? 'account_added_mailed' : 'account_added') : 'roles_added';
    redirect(303, withDone(`/admin/people/${added.id}`, done));
  },
};
