import { LIMITS } from '#lib/disclosure/limits.ts';
import { countByYear, isLate, type YearCounts } from '#lib/programme/hand-in.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import { dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as queries from './queries.ts';
import { dueAt } from './service.ts';

/** How far an assignment is: of those who are to hand it in how many did, and how many of these wait for feedback. */
export type AssignmentCounts = { expected: number; handedIn: number; waiting: number };

/** The counts of each assignment of a cohort by its id, for its trainer. The caller has asked whether the reader may. */
export async function countsOf(db: Db, cohortId: string): Promise<Map<string, AssignmentCounts>> {
  const counts = (await counted(db, cohortId)).map(({ assignment, expected, handedIn, waiting }) => {
    return [assignment.id, { expected: expected.length, handedIn: handedIn.length, waiting }] as const;
  });
  return new Map(counts);
}

/** The same of all assignments together whose day is past, for its trainer; `waiting` of every one. Cancelled ones do not count. */
export async function soFar(db: Db, cohortId: string, now: Date): Promise<AssignmentCounts> {
  const going = (await counted(db, cohortId)).filter(({ assignment }) => assignment.cancelledAt === null);
  const due = going.filter(({ assignment }) => isLate(assignment.dueOn, dayOf(now)));
  return {
    expected: due.reduce((sum, { expected }) => sum + expected.length, 0),
    handedIn: due.reduce((sum, { handedIn }) => sum + handedIn.length, 0),
    waiting: going.reduce((sum, { waiting }) => sum + waiting, 0),
  };
}

/** A programme year's assignments in totals: nobody's own line. */
export type YearAssignments = Omit<YearCounts, 'people' | 'handedIn'> & {
  /** Null, with its reason: none is planned or due yet, or it is about fewer than five people. */
  handedIn: number | null;
  reason?: 'none_planned' | 'none_due' | 'too_few_people';
};

/**
 * The assignments of a cohort by programme year, in order: how many are planned, how many of those are due by now, and of these
 * how often one was to be handed in and was. Cancelled ones do not count. The caller has asked whether the reader may.
 * @throws DomainError not_found
 */
export async function assignmentTotals(db: Db, cohortId: string, now: Date): Promise<YearAssignments[]> {
  const going = (await counted(db, cohortId)).filter(({ assignment }) => assignment.cancelledAt === null);
  const years = countByYear(
    going.map(({ assignment: { year, dueOn }, expected, handedIn }) => ({ year, dueOn, expected, handedIn })),
    dayOf(now),
  );
  return years.map(({ people, handedIn, ...year }): YearAssignments => {
    if (year.due === 0) return { ...year, handedIn: null, reason: 'none_due' };
    return people < LIMITS.minAnswers ? { ...year, handedIn: null, reason: 'too_few_people' } : { ...year, handedIn };
  });
}

type Counted = { assignment: plans.Assignment; expected: string[]; handedIn: string[]; waiting: number };

/** What came in late counts as handed in; what somebody handed in of whom it was not expected does not. */
async function counted(db: Db, cohortId: string): Promise<Counted[]> {
  const { assignments } = await plans.planOfCohort(db, cohortId);
  const people = await attendance.peopleAt(db, cohortId, assignments.map(dueAt));
  const handIns = Map.groupBy(await queries.listOfCohort(db, cohortId), ({ assignmentId }) => assignmentId);
  return assignments.map((assignment, at) => {
    const expected = (people[at] ?? []).filter(({ isExpected }) => isExpected).map(({ personId }) => personId);
    const own = handIns.get(assignment.id) ?? [];
    const handedIn = own.map(({ personId }) => personId).filter((personId) => expected.includes(personId));
    return { assignment, expected, handedIn, waiting: own.filter(({ waits }) => waits).length };
  });
}
