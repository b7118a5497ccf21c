import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Plan } from '#lib/programme/plan.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as programmes from '#lib/server/cohorts/programme-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import * as queries from './plan-queries.ts';

export type { Assignment, PlanHead, PlannedRound, TrainingSession } from './plan-queries.ts';

/** The plan of a cohort: what is to be held, handed in and measured; also what was cancelled, marked so. */
export type CohortPlan = queries.PlanHead & {
  sessions: queries.TrainingSession[];
  assignments: queries.Assignment[];
  rounds: queries.PlannedRound[];
};

/**
 * The plan of a cohort of this programme, for whoever may read the programme's page with that cohort.
 * @throws DomainError not_found, also for a cohort of another programme; forbidden
 */
export async function readIn(
  db: Db,
  actor: Actor,
  programmeId: string,
  cohortId: string,
): Promise<CohortPlan & { programmeName: string }> {
  const { name, cohorts } = await programmes.get(db, actor, programmeId);
  if (!cohorts.some(({ id }) => id === cohortId)) throw new DomainError('not_found');
  return { ...(await planOfCohort(db, cohortId)), programmeName: name };
}

/** The plan of a cohort, empty for one without, for services that have asked whether the reader may. @throws DomainError not_found */
export async function planOfCohort(db: Db, cohortId: string): Promise<CohortPlan> {
  const head = await queries.findHead(db, cohortId);
  if (!head) throw new DomainError('not_found');
  return {
    ...head,
    sessions: await queries.listSessions(db, cohortId),
    assignments: await queries.listAssignments(db, cohortId),
    rounds: await queries.listRounds(db, cohortId),
  };
}

/** The names of the rounds that a plan skips. */
export function skippedRounds({ rounds }: Pick<CohortPlan, 'rounds'>): string[] {
  return rounds.filter(({ cancelledAt }) => cancelledAt !== null).map(({ name }) => name);
}

/**
 * Gives a cohort, which the caller has just made, a plan. Nothing is opened and nobody is mailed.
 * @param from the template that it was made from, and the first day of the programme (yyyy-mm-dd)
 */
export async function store(
  trx: Db,
  actor: Actor,
  cohortId: string,
  from: { templateId: string; startsOn: string },
  { sessions, assignments, rounds }: Plan,
): Promise<void> {
  await queries.setTemplate(trx, cohortId, from.templateId, from.startsOn);
  const withId = <T extends object>(plan: T) => ({ ...plan, id: newId() });
  await queries.insertSessions(trx, cohortId, sessions.map(withId));
  await queries.insertAssignments(trx, cohortId, assignments.map(withId));
  await queries.insertRounds(trx, cohortId, rounds);
  await audit.record(trx, actor, 'plan.made', { type: 'cohort', id: cohortId });
}
