import { signedIn } from '#lib/server/actor.ts';
import * as programmes from '#lib/server/cohorts/programme-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import type { PageServerLoad } from './$types';

/** What somebody of a steering group can see so far: which cohorts there are, and how far their rounds are. */
export const load: PageServerLoad = async ({ locals }) => {
  const { db } = locals.app;
  const own = await programmes.listOwn(db, signedIn(locals));
  return {
    programmes: await Promise.all(
      own.map(async ({ cohorts, ...programme }) => ({
        ...programme,
        cohorts: await Promise.all(
          cohorts.map(async ({ id, name }) => ({
            ...{ id, name },
            rounds: (await rounds.list(db, id)).map((round) => ({
              ...{ id: round.id, name: round.name, status: round.status, origin: round.origin },
              ...{ openedAt: round.openedAt, closedAt: round.closedAt },
            })),
          })),
        ),
      })),
    ),
  };
};
