import { byYear } from '#lib/programme/by-year.ts';
import { signedIn } from '#lib/server/actor.ts';
import { dayOf } from '#lib/server/days.ts';
import { orError } from '#lib/server/http.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import type { PageServerLoad } from './$types';

/** The plan of a cohort to read: no attendance, nobody's name. */
export const load: PageServerLoad = async ({ locals, params }) => {
  const { readDb: db } = locals.app;
  const { programme, cohort } = params;
  const found = await orError(plans.readIn(db, signedIn(locals), programme, cohort));
  const { sessions, assignments, rounds: planned, cohortName } = found;
  return {
    programme: { id: programme, name: found.programmeName },
    cohort: { id: cohort, name: cohortName },
    years: byYear({ sessions, assignments, rounds: planned }),
    /** The rounds that there are, by the name that the plan has for them. */
    held: (await rounds.list(db, cohort)).map((round) => ({
      ...{ id: round.id, name: round.name, status: round.status, origin: round.origin },
      ...{ openedAt: round.openedAt, closedAt: round.closedAt },
    })),
    today: dayOf(new Date()),
  };
};
