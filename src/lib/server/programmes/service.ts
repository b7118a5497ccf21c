import type { Instrument } from '#lib/instrument/schema.ts';
import type { Actor } from '#lib/permissions.ts';
import * as totals from '#lib/server/attendance/totals-service.ts';
import * as programmes from '#lib/server/cohorts/programme-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as handIns from '#lib/server/hand-ins/totals-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as ambitions from './ambitions-service.ts';

/**
 * One cohort of a programme; `instrument` is the list of its latest round, null while there is none to look at. `years`: what
 * was planned and what came of it by programme year, none where the cohort has no plan.
 */
export type CohortCourse = reports.Course & { instrument: Instrument | null; years: Year[] };

/** A programme year in totals, its assignments along. */
export type Year = totals.YearTotals & { assignments: Omit<handIns.YearAssignments, 'year'> };

/**
 * What a steering group reads of a programme: the course of each cohort beside the others, by name. They are never added up:
 * cohorts start in different years, and a sum would hide of whom it tells. `others` counts cohorts that this viewer may not see.
 */
export type ProgrammeCourse = {
  programme: { id: string; name: string; partnershipName: string };
  cohorts: CohortCourse[];
  others: number;
};

/** @throws DomainError not_found; forbidden for who is neither in its steering group nor trainer of a cohort of it */
export async function course(db: Db, actor: Actor, programmeId: string, now: Date): Promise<ProgrammeCourse> {
  const { id, name, partnershipName, cohorts, others } = await programmes.get(db, actor, programmeId);
  const wanted = await ambitions.ofProgramme(db, programmeId);
  const found: CohortCourse[] = [];
  for (const cohort of cohorts) {
    const asked = { cohort: { id: cohort.id, name: cohort.name }, programmeId, ambitions: wanted };
    const own = await reports.courseOf(db, actor, asked);
    const latest = own.rounds.at(-1);
    const list = latest ? await instruments.load(db, latest.instrumentVersionId) : null;
    const years = await yearsOf(db, cohort.id, now);
    found.push({ ...own, instrument: list?.instrument ?? null, years });
  }
  return { programme: { id, name, partnershipName }, cohorts: found, others };
}

const NONE = { planned: 0, due: 0, expected: 0, handedIn: null, reason: 'none_planned' } as const;

async function yearsOf(db: Db, cohortId: string, now: Date): Promise<Year[]> {
  const assignments = await handIns.assignmentTotals(db, cohortId, now);
  return (await totals.ofCohort(db, cohortId, now)).map((lived) => {
    const { year: _, ...own } = assignments.find(({ year }) => year === lived.year) ?? { year: lived.year, ...NONE };
    return { ...lived, assignments: own };
  });
}
