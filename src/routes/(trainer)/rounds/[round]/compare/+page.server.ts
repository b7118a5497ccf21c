import { toCompare } from '#lib/compare-page/to-compare.ts';
import { signedIn } from '#lib/server/actor.ts';
import { beside } from '#lib/server/comparing/service.ts';
import { orError } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const wanted = url.searchParams.get('with') || null;
  const found = await orError(beside(locals.app.readDb, signedIn(locals), params.round, wanted));
  return { page: toCompare(found, locals.locale) };
};
