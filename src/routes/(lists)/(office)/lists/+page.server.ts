import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import * as lists from '#lib/server/instruments/lists-service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  versions: await orError(lists.overview(locals.app.db, signedIn(locals))),
});
