import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import * as retention from '#lib/server/retention/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  units: await orError(retention.list(locals.app.db, signedIn(locals), new Date())),
});
