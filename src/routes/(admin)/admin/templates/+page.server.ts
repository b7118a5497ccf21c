import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import * as templates from '#lib/server/programmes/template-changes-service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  versions: await orError(templates.list(locals.app.db, signedIn(locals))),
});
