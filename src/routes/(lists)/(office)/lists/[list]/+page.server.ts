import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import * as lists from '#lib/server/instruments/lists-service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const version = await orError(lists.get(locals.app.db, signedIn(locals), params.list));
  return { version, aspects: version.instrument ? lists.countAspects(version.instrument) : 0 };
};
