import * as actionPlans from '#lib/server/action-plans/service.ts';
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
  };
};
