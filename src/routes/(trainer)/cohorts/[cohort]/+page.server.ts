import { isRunOut } from '#lib/programme/run-out.ts';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import * as handIns from '#lib/server/hand-ins/totals-service.ts';
import { orError } from '#lib/server/http.ts';
import * as removal from '#lib/server/participants/removal-service.ts';
import * as newCohorts from '#lib/server/programmes/new-cohort-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as retention from '#lib/server/retention/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = signedIn(locals);
  const { db } = locals.app;
  const cohort = await orError(cohorts.get(db, actor, params.cohort));
  const all = await rounds.list(db, cohort.id);
  const now = new Date();
  const plan = await plans.planOfCohort(db, cohort.id);
  const { sessions } = plan;
  const held = all.filter(({ isPulse }) => !isPulse).length;
  const told = await retention.told(db, cohort.id, now);
  const next = sessions.find(({ startsAt, cancelledAt }) => cancelledAt === null && startsAt > now.toISOString());
  const nextName = rounds.nextName(all, plans.skippedRounds(plan));
  return {
    cohort,
    asksTeachers: await newCohorts.asksTeachers(db, cohort.id),
    plan: { hasSessions: sessions.length > 0, next: next ? { title: next.title, startsAt: next.startsAt } : null },
    handedIn: await handIns.soFar(db, cohort.id, now),
    retention: told,
    kept: await removal.whyKept(db, cohort.id),
    isLocked: await cohorts.isLocked(db, cohort.id),
    series: await cohorts.listSeries(db, cohort.id),
    nextName,
    /** The day that the plan has for it; null where it has none. */
    nextOn: plan.rounds.find(({ name }) => name === nextName)?.onDay ?? null,
    // Once its names are gone there is nobody to ask.
    isRunOut: isRunOut(plan, held, now, dayOf(now)) || (told !== null && told.clearedOn !== null),
    rounds: await Promise.all(
      all.map(async (round) => {
        const schools = await rounds.progress(db, actor, round.id);
        const raters = schools.flatMap((school) => school.raters);
        return {
          ...round,
          schools: schools.length,
          released: schools.filter((school) => school.releasedAt !== null).length,
          invited: raters.length,
          submitted: raters.filter((rater) => rater.status === 'submitted').length,
          // Without the own form of the IB'er a report goes open only if she wants that: nothing that is due.
          toRelease: schools.filter(
            (school) =>
              school.releasedAt === null &&
              school.raters.some(({ role, status }) => role === 'ib' && status === 'submitted'),
          ).length,
        };
      }),
    ),
  };
};
