import { PERSONAL_LINK, REGISTRATION_LINK, USEFULNESS_LINK } from '#lib/server/guard.ts';
import * as demo from '#lib/server/demo/service.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params, route }) => {
  const { cohort, round, schoolRound, response, question, assignment, entry, token } = params;
  // Other addresses with a token are no personal links: setting up, signing in.
  const isLink = [PERSONAL_LINK, USEFULNESS_LINK, REGISTRATION_LINK].some((id) => id === route.id);
  const link = isLink ? token : undefined;
  return {
    userName: locals.actor?.name ?? null,
    demonstration: await demo.markOf(locals.app.readDb, {
      ...{ cohort, round, schoolRound, response, question, assignment, entry, token: link },
    }),
  };
};
