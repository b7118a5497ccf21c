import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { findHeldUp } from '#lib/server/mail/trouble-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as today from '#lib/server/rounds/today-service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const actor = signedIn(locals);
  const { db, config } = locals.app;
  const now = new Date();
  const heldUp = await findHeldUp(db, config.mail, now);
  const own = await cohorts.listOwn(db, actor);
  return {
    name: actor.name,
    mayCreate: actor.trainer,
    heldUp,
    due: await today.due(db, actor, now, heldUp),
    cohorts: await Promise.all(
      own.map(async (cohort) => ({
        ...cohort,
        schools: new Set((await cohorts.listTakingPart(db, cohort.id)).map(({ schoolId }) => schoolId)).size,
        rounds: await rounds.list(db, cohort.id),
      })),
    ),
  };
};
