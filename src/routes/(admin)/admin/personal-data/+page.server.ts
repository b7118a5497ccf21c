import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import * as kept from '#lib/server/erasure/kept-service.ts';
import * as waiting from '#lib/server/erasure/waiting-service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError } from '#lib/server/http.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

const searched = z.string().max(200).catch('');

export const load: PageServerLoad = async ({ locals, url }) => {
  const { db } = locals.app;
  const actor = signedIn(locals);
  const search = searched.parse(url.searchParams.get('q')).trim();
  const found = await orError(kept.search(db, actor, search));
  return { search, ...found, waiting: await waiting.search(db, actor, search) };
};

export const actions: Actions = {
  eraseWaiting: async ({ locals, request }) => {
    const { entry = '' } = await formValues(request, ['entry']);
    const erased = await orError(waiting.erase(locals.app.db, signedIn(locals), entry, new Date()));
    redirect(
      303,
      withDone('/admin/personal-data', erased === 'director' ? 'director_erased' : 'registration_withdrawn'),
    );
  },
};
