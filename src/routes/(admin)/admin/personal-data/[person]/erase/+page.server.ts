import { redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { longestKept } from '#lib/server/backups/schedule-service.ts';
import * as kept from '#lib/server/erasure/kept-service.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db, config } = locals.app;
  return {
    person: await orError(kept.get(db, signedIn(locals), params.person)),
    backupDays: config.backupsKept === null ? null : longestKept(config.backupsKept),
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const values = await formValues(request, ['name']);
    const work = erasure.erase(locals.app.db, signedIn(locals), params.person, values.name ?? '', new Date());
    const refused = await orFail(work, values);
    if (refused) return refused;
    redirect(303, withDone('/admin/personal-data', 'erased'));
  },
};
