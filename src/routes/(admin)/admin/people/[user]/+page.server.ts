import { error, fail, redirect } from '@sveltejs/kit';
import * as people from '#lib/server/accounts/people-service.ts';
import * as roles from '#lib/server/accounts/roles-service.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { readForm } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { readRoles } from '#lib/server/role-form.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = signedIn(locals);
  const { db, config } = locals.app;
  return {
    person: await orError(people.get(db, actor, params.user, new Date())),
    choices: await orError(people.choices(db, actor)),
    hasMail: config.mail !== null,
  };
};

export const actions: Actions = {
  roles: async ({ locals, params, request }) => {
    const data = await readForm(request);
    const chosen = readRoles(data);
    const version = String(data.get('version'));
    const actor = signedIn(locals);
    const { db } = locals.app;
    const alone = await orError(people.leftWithoutTrainer(db, actor, params.user, chosen.cohorts, new Date()));
    // The button to save once more says of which cohorts it asked.
    if (alone.length > 0 && data.getAll('alone').join('\n') !== alone.join('\n')) {
      return fail(409, { values: { chosen }, alone });
    }
    const refused = await orFail(roles.change(db, actor, params.user, chosen, version), { chosen });
    if (refused) return refused;
    redirect(303, withDone(`/admin/people/${params.user}`, 'roles'));
  },

  mail: async ({ locals, params }) => {
    await orError(people.mailSignInLink(locals.app.db, signedIn(locals), params.user, new Date()));
    redirect(303, withDone(`/admin/people/${params.user}`, 'sign_in_mailed'));
  },

  link: async ({ locals, params }) => {
    const { db, auth, config } = locals.app;
    // Who holds the link is the account: where there is mail it goes to the account's own address.
    if (config.mail !== null) error(404, { message: errorText('not_found'), code: 'not_found' });
    const settings = { auth, publicUrl: config.publicUrl };
    return { link: await orError(accounts.staffSignInLink(db, signedIn(locals), settings, params.user)) };
  },

  signOut: async ({ locals, params }) => {
    await orError(people.endSessions(locals.app.db, signedIn(locals), params.user));
    redirect(303, withDone(`/admin/people/${params.user}`, 'signed_out'));
  },
};
