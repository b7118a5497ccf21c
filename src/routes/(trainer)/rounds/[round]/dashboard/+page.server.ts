import { toDashboard } from '#lib/dashboard-page/to-dashboard.ts';
import { signedIn } from '#lib/server/actor.ts';
import * as dashboards from '#lib/server/dashboard/service.ts';
import { orError } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const found = await orError(dashboards.get(locals.app.readDb, signedIn(locals), params.round));
  if (!dashboards.hasFigures(found)) return { dashboard: null, waiting: found };
  // As one text: written into the page as a tree of objects it takes the framework longer than making the page.
  return { dashboard: JSON.stringify(toDashboard(found, locals.locale)), waiting: null };
};
