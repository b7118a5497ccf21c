import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orFail } from '#lib/server/http.ts';
import { NOTICE_FIELDS, noticeInput } from '#lib/server/notice-form.ts';
import * as privacy from '#lib/server/privacy/service.ts';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const notice = await privacy.notice(locals.app.db);
  return { notice, version: privacy.versionOf(notice), missing: privacy.missingOf(notice) };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const values = await formValues(request, NOTICE_FIELDS);
    const parsed = noticeInput.safeParse(values);
    if (!parsed.success) return fail(400, { values, errors: fieldErrors(parsed.error) });
    const change = privacy.changeNotice(locals.app.db, signedIn(locals), values.version ?? '', parsed.data);
    const refused = await orFail(change, values);
    if (refused) return refused;
    redirect(303, withDone('/admin/privacy'));
  },
};
