import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { byYear } from '#lib/programme/by-year.ts';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { formValues } from '#lib/server/form-values.ts';
import * as handIns from '#lib/server/hand-ins/totals-service.ts';
import { orError, orRefuse } from '#lib/server/http.ts';
import * as changes from '#lib/server/programmes/plan-changes-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const { id, name } = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  const { sessions, assignments, rounds: planned, ...head } = await plans.planOfCohort(db, id);
  return {
    cohort: { id, name },
    hasSchools: (await cohorts.listTakingPart(db, id)).length > 0,
    startsOn: head.startsOn,
    templateTitle: head.templateTitle,
    years: byYear({ sessions, assignments, rounds: planned }),
    /** The rounds that there are, by the name that the plan has for them. */
    held: (await rounds.list(db, id)).map((round) => ({
      ...{ id: round.id, name: round.name, status: round.status, origin: round.origin },
      ...{ opensOn: round.opensOn, openedAt: round.openedAt, closedAt: round.closedAt },
    })),
    /** Who handed in, by assignment. */
    handedIn: Object.fromEntries(await handIns.countsOf(db, id)),
    today: dayOf(new Date()),
  };
};

const input = z.object({ kind: z.enum(['session', 'assignment', 'round']), id: z.string().min(1).max(100) });

async function setCancelled({ locals, params, request }: RequestEvent, isCancelled: boolean) {
  const values = await formValues(request, ['kind', 'id', 'version']);
  const parsed = input.safeParse(values);
  if (!parsed.success) return fail(400, { message: '' });
  const seen = { id: parsed.data.id, version: versionOf.parse(values.version) };
  const { db } = locals.app;
  const work = changes.setCancelled(db, signedIn(locals), params.cohort, parsed.data.kind, seen, isCancelled);
  const refused = await orRefuse(work);
  if (refused) return refused;
  redirect(303, withDone(`/cohorts/${params.cohort}/plan`, isCancelled ? 'plan_cancelled' : 'plan_back'));
}

export const actions: Actions = {
  cancel: (event) => setCancelled(event, true),
  putBack: (event) => setCancelled(event, false),
};
