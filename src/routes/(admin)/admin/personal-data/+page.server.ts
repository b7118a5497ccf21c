import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import * as kept from '#lib/server/erasure/kept-service.ts';
import { orError } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

const searched = z.string().max(200).catch('');

export const load: PageServerLoad = async ({ locals, url }) => {
  const search = searched.parse(url.searchParams.get('q')).trim();
  return { search, ...(await orError(kept.search(locals.app.db, signedIn(locals), search))) };
};
