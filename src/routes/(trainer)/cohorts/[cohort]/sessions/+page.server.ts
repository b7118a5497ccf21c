import { signedIn } from '#lib/server/actor.ts';
import * as certificates from '#lib/server/attendance/certificate-service.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import * as totals from '#lib/server/attendance/totals-service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { orError } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const cohort = await orError(cohorts.get(db, signedIn(locals), params.cohort));
  const now = new Date();
  const lived = await attendance.withPeople(db, cohort.id);
  return {
    cohort: { id: cohort.id, name: cohort.name },
    sessions: attendance.allInBrief(lived, now),
    hours: await totals.hoursOf(db, cohort.id, lived, now),
    certificates: await certificates.listOf(db, cohort.id, now),
  };
};
