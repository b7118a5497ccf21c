import { signedIn } from '#lib/server/actor.ts';
import * as kept from '#lib/server/erasure/kept-service.ts';
import { orError } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  person: await orError(kept.get(locals.app.db, signedIn(locals), params.person)),
});
