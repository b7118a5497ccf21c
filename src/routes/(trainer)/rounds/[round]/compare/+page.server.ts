import { toCompare } from '#lib/compare-page/to-compare.ts';
import { signedIn } from '#lib/server/actor.ts';
import { beside } from '#lib/server/comparing/service.ts';
import { waitingFor } from '#lib/server/dashboard/service.ts';
import { orError } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const wanted = url.searchParams.get('with') || null;
  const [db, actor] = [locals.app.readDb, signedIn(locals)];
  const found = await orError(beside(db, actor, params.round, wanted));
  if (found !== null) return { page: toCompare(found, locals.locale), waiting: null };
  return { page: null, waiting: await orError(waitingFor(db, actor, params.round)) };
};
