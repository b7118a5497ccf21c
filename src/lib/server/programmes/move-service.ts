import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import { movedAhead } from '#lib/programme/move.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf, daysBetween } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as dates from '#lib/server/rounds/moving-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as queries from './plan-queries.ts';
import { planOfCohort, type CohortPlan } from './plan-service.ts';

/** Most weeks that a plan is moved at once: a year, later or earlier. */
export const MOST_WEEKS = 52;

/** What moving a plan would change: each thing as it would be, beside the whole plan as it is. */
export type Move = {
  plan: CohortPlan;
  moved: Pick<CohortPlan, 'sessions' | 'assignments' | 'rounds'>;
  /** The rounds that are planned to open or close by themselves, each with its days as they would be. */
  dated: dates.Dated[];
  /** Another one after each change of the plan or of these days: what a form sends along, so that only what was seen is moved. */
  stamp: number;
  /** Something would come to lie today or before. */
  isPast: boolean;
};

/**
 * What moving all that lies ahead by so many weeks would do; it changes nothing.
 * @param weeks later, or earlier below 0
 * @throws DomainError not_found, forbidden
 */
export async function preview(db: Db, actor: Actor, cohortId: string, weeks: number, now: Date): Promise<Move> {
  await cohorts.get(db, actor, cohortId);
  const plan = await planOfCohort(db, cohortId);
  const today = dayOf(now);
  const held = (await rounds.list(db, cohortId)).filter(({ status }) => status !== 'planned');
  const opened = new Set(held.map(({ name }) => name));
  // A list is often made at the door: whoever is filled in was there on that day.
  const filledIn = await queries.listHeld(db, cohortId);
  const ahead = { ...plan, sessions: plan.sessions.filter(({ id }) => !filledIn.has(id)) };
  const moved = movedAhead(ahead, weeks, { now: now.toISOString(), today }, opened);
  const dated = await dates.listDated(db, cohortId, weeks, today);
  const days = [
    ...moved.sessions.map(({ startsAt }) => dayOf(new Date(startsAt))),
    ...moved.assignments.map(({ dueOn }) => dueOn),
    ...moved.rounds.map(({ onDay }) => onDay),
    ...dated.flatMap(({ later }) => [later.opensOn, later.closesOn].filter((day) => day !== null)),
  ];
  return { plan, moved, dated, stamp: stampOf(plan, dated), isPast: days.some((day) => day <= today) };
}

/**
 * Nothing leaves a plan and every change raises a version, so that the sum is another one after each change. A planned round can be
 * taken away and planned anew: its days count along.
 */
function stampOf({ sessions, assignments, rounds: planned }: CohortPlan, dated: readonly dates.Dated[]): number {
  const days = dated.flatMap(({ opensOn, closesOn }) => [opensOn, closesOn].filter((day) => day !== null));
  const versions = [...sessions, ...assignments, ...planned, ...dated].map(({ version }) => version);
  return [...versions, ...days.map((day) => daysBetween('2000-01-01', day))].reduce((sum, each) => sum + each, 0);
}

/**
 * Moves all that lies ahead, as it was previewed.
 * @param stamp that of the preview
 * @throws DomainError not_found, forbidden, changed_meanwhile, plan_move_past
 */
export function move(
  db: Db,
  actor: Actor,
  cohortId: string,
  { weeks, stamp }: { weeks: number; stamp: number },
  now: Date,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { moved, dated, stamp: current, isPast } = await preview(trx, actor, cohortId, weeks, now);
    if (current !== stamp) throw new DomainError('changed_meanwhile');
    if (isPast) throw new DomainError('plan_move_past');
    for (const session of moved.sessions) await queries.updateSession(trx, session, session);
    for (const assignment of moved.assignments) await queries.updateAssignment(trx, assignment, assignment);
    for (const round of moved.rounds) await queries.updateRound(trx, round, round);
    await dates.moveDates(trx, actor, dated);
    await audit.record(trx, actor, 'plan.moved', { type: 'cohort', id: cohortId }, { weeks });
  });
}
