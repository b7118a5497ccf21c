import * as actionPlans from '#lib/server/action-plans/service.ts';
import * as certificates from '#lib/server/attendance/certificate-service.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { dayText } from '#lib/text/dates.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const own = locals.actor === null ? [] : await reports.listOwn(locals.app.readDb, locals.actor);
  const cohorts = locals.actor === null ? [] : await actionPlans.listOwn(locals.app.readDb, locals.actor);
  return {
    /** Where the reader takes part, and so may write an action plan. */
    cohorts: cohorts.map(({ id, name }) => ({ id, name })),
    reports: own.map(({ schoolRoundId, schoolName, cohort, round, closedAt }) => ({
      ...{ id: schoolRoundId, school: schoolName, cohort, round },
      closedOn: closedAt === null ? null : dayText(closedAt, locals.locale),
    })),
    work: await ownWork(locals),
  };
};

/** The assignments of whoever is signed in, by cohort, and whether there is a certificate of attendance. */
async function ownWork({ actor, app: { readDb } }: App.Locals) {
  if (actor === null || actor.personId === null) return [];
  const { personId } = actor;
  const now = new Date();
  const own = [];
  for (const { cohort, assignments } of await handIns.listOwn(readDb, actor, now)) {
    const certificate = await certificates.standing(readDb, cohort.id, personId, now);
    if (assignments.length === 0 && certificate === null) continue;
    own.push({
      ...{ cohort, certificate },
      assignments: assignments.map(({ assignment: { id, title, dueOn }, standing, handIn }) => ({
        ...{ id, title, dueOn, standing, at: handIn?.handedInAt ?? null },
      })),
    });
  }
  return own;
}
