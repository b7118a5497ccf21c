import { signedIn } from '#lib/server/actor.ts';
import * as cohortFiles from '#lib/server/cohort-files/service.ts';
import { waitingFor } from '#lib/server/dashboard/service.ts';
import { orError } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const extent = cohortFiles.extentOf(url.searchParams.get('of'));
  const [db, actor] = [locals.app.readDb, signedIn(locals)];
  const contents = await orError(cohortFiles.contents(db, actor, params.round, extent));
  const waiting = contents.rounds.length === 0 ? await orError(waitingFor(db, actor, params.round)) : null;
  return { extent, waiting, ...contents };
};
