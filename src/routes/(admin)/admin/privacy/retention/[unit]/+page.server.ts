import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { readPolicy, POLICY_FIELDS } from '#lib/server/retention-form.ts';
import * as retention from '#lib/server/retention/service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const unit = await orError(retention.get(locals.app.db, signedIn(locals), params.unit, new Date()));
  const months = { ...retention.MONTHS, usual: retention.USUAL_MONTHS };
  return { unit, version: retention.versionOf(unit.policy), months };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { db } = locals.app;
    const values = await formValues(request, [...POLICY_FIELDS, 'version']);
    const read = readPolicy(values);
    if ('errors' in read) return fail(400, { values, errors: read.errors });
    const before = values.version ?? '';
    const change = retention.change(db, signedIn(locals), params.unit, before, read.policy, new Date());
    const refused = await orFail(change, values);
    if (refused) return refused;
    redirect(303, withDone('/admin/privacy/retention'));
  },
};
