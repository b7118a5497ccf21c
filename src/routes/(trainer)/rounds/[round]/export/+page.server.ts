import { signedIn } from '#lib/server/actor.ts';
import * as cohortFiles from '#lib/server/cohort-files/service.ts';
import { orError } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const extent = cohortFiles.extentOf(url.searchParams.get('of'));
  const contents = cohortFiles.contents(locals.app.readDb, signedIn(locals), params.round, extent);
  return { extent, ...(await orError(contents)) };
};
