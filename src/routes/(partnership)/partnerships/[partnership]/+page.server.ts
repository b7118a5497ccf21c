import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import * as partnerships from '#lib/server/partnerships/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  partnership: await orError(partnerships.get(locals.app.db, signedIn(locals), params.partnership, new Date())),
});
