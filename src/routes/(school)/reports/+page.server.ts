import * as reports from '#lib/server/reports/service.ts';
import { dayText } from '#lib/text/dates.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const own = locals.actor === null ? [] : await reports.listOwn(locals.app.readDb, locals.actor);
  return {
    reports: own.map(({ schoolRoundId, schoolName, cohort, round, closedAt }) => ({
      ...{ id: schoolRoundId, school: schoolName, cohort, round },
      closedOn: closedAt === null ? null : dayText(closedAt, locals.locale),
    })),
  };
};
