import { DomainError } from '#lib/errors.ts';
import { may, type Actor, type UserActor } from '#lib/permissions.ts';
import { MOST_STEPS, STEP_LENGTH, TEXT_LENGTH } from '#lib/programme/action-plan.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import * as retention from '#lib/server/retention/service.ts';
import * as queries from './queries.ts';

export type { ActionPlan, OwnCohort, SharedPlan, Step } from './queries.ts';

/**
 * A participant's personal action plan (product.md, Programmes that ship as templates). It is the writer's own; a trainer
 * of the cohort reads it while it is shared, and nobody else ever does.
 */

/** What somebody writes; a step keeps its `id` where it was there already, so that it stays done. */
export type GivenPlan = {
  goal: string;
  help: string;
  signs: string;
  steps: { id: string | null; text: string; onDay: string | null }[];
};

/** The own plan in a cohort; null as long as there is none. `readyOn` is the day that the cohort's plan has for it. */
export type OwnPlan = { cohort: queries.OwnCohort; readyOn: string | null; plan: queries.ActionPlan | null };

/**
 * The cohorts in which somebody can write a plan; none for who takes part in none. Of the people of one that was cleared
 * nothing is written any more, unless it goes on: then others take part in it.
 */
export async function listOwn(db: Db, actor: UserActor): Promise<queries.OwnCohort[]> {
  const own: queries.OwnCohort[] = [];
  const all = actor.personId === null ? [] : await queries.listOwnCohorts(db, actor.personId);
  for (const { clearedOn, ...cohort } of all) {
    if (clearedOn === null || !(await retention.isOver(db, cohort.id))) own.push(cohort);
  }
  return own;
}

/** @throws DomainError not_found, also for who does not take part in the cohort */
export async function own(db: Db, actor: UserActor, cohortId: string): Promise<OwnPlan> {
  const { cohort, personId } = await placeOf(db, actor, cohortId);
  const plan = await queries.findPlan(db, cohortId, personId);
  return { cohort, readyOn: (await queries.findReadyOn(db, cohortId)) ?? null, plan: plan ?? null };
}

/**
 * Stores the own plan. The same once more changes nothing, so that a double click is harmless.
 * @param seen the version that it was made from; 0 where there was none
 * @throws DomainError as `own`; comment_too_long; changed_meanwhile, in another window
 */
export function save(
  db: Db,
  actor: UserActor,
  cohortId: string,
  seen: number,
  given: GivenPlan,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { personId } = await placeOf(trx, actor, cohortId);
    assertLengths(given);
    const stored = await queries.findPlan(trx, cohortId, personId);
    if (stored !== undefined && isSame(stored, given)) return;
    if ((stored?.version ?? 0) !== seen) throw new DomainError('changed_meanwhile');
    const at = now.toISOString();
    const id = stored?.id ?? newId();
    const isStored =
      stored === undefined
        ? await queries.insertPlan(trx, { ...given, id, cohortId, personId }, at)
        : await queries.updatePlan(trx, stored, given, at);
    if (!isStored) throw new DomainError('changed_meanwhile');
    const before = new Map(stored?.steps.map((step) => [step.id, step]));
    const steps = given.steps.map(({ id: known, text, onDay }): queries.Step => {
      const step = before.get(known ?? '');
      // A form may name one step twice; the first has it, and the other is a new one.
      before.delete(known ?? '');
      return { id: step?.id ?? newId(), text, onDay, doneAt: step?.doneAt ?? null };
    });
    await queries.putSteps(trx, id, steps);
    if (stored === undefined) await record(trx, actor, 'action_plan.made', cohortId);
  });
}

/** Says that a step was done, or that it is not. The same again is harmless. @throws DomainError as `own` */
export function tick(
  db: Db,
  actor: UserActor,
  cohortId: string,
  { stepId, isDone }: { stepId: string; isDone: boolean },
  now: Date,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { id, steps } = await planOf(trx, actor, cohortId);
    const step = steps.find((each) => each.id === stepId);
    if (!step) throw new DomainError('not_found');
    if ((step.doneAt !== null) === isDone) return;
    await queries.setDone(trx, id, stepId, isDone ? now.toISOString() : null);
  });
}

/** Lets the cohort's trainers read the plan, or no longer. The same again is harmless. @throws DomainError as `own` */
export function share(db: Db, actor: UserActor, cohortId: string, isShared: boolean, now: Date): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { id, sharedAt } = await planOf(trx, actor, cohortId);
    if ((sharedAt !== null) === isShared) return;
    await queries.setShared(trx, id, isShared ? now.toISOString() : null);
    await record(trx, actor, isShared ? 'action_plan.shared' : 'action_plan.share_ended', cohortId);
  });
}

/** Deletes the own plan for good; twice is harmless. @throws DomainError as `own`; changed_meanwhile */
export function remove(db: Db, actor: UserActor, cohortId: string, seen: number): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { personId } = await placeOf(trx, actor, cohortId);
    const plan = await queries.findPlan(trx, cohortId, personId);
    if (!plan) return;
    if (!(await queries.deletePlan(trx, plan.id, seen))) throw new DomainError('changed_meanwhile');
    await record(trx, actor, 'action_plan.removed', cohortId);
  });
}

/**
 * The plans that participants share, for a trainer of the cohort.
 * @throws DomainError not_found, forbidden
 */
export async function listShared(
  db: Db,
  actor: Actor,
  cohortId: string,
): Promise<{ cohort: cohorts.Cohort; plans: queries.SharedPlan[] }> {
  const cohort = await cohorts.get(db, actor, cohortId);
  const plans = await queries.listShared(db, cohortId);
  const mayRead = ({ personId, sharedAt }: queries.SharedPlan) =>
    may(actor, 'see_action_plan', { cohortId, writerId: personId, shared: sharedAt !== null });
  return { cohort, plans: plans.filter(mayRead) };
}

/** The cohort and who writes in it. @throws DomainError not_found */
async function placeOf(
  db: Db,
  actor: UserActor,
  cohortId: string,
): Promise<{ cohort: queries.OwnCohort; personId: string }> {
  const cohort = (await listOwn(db, actor)).find(({ id }) => id === cohortId);
  const { personId } = actor;
  if (cohort === undefined || personId === null) throw new DomainError('not_found');
  if (!may(actor, 'write_action_plan', { cohortId, writerId: personId })) throw new DomainError('forbidden');
  return { cohort, personId };
}

async function planOf(trx: Db, actor: UserActor, cohortId: string): Promise<queries.ActionPlan> {
  const { personId } = await placeOf(trx, actor, cohortId);
  const plan = await queries.findPlan(trx, cohortId, personId);
  if (!plan) throw new DomainError('not_found');
  return plan;
}

function assertLengths({ goal, help, signs, steps }: GivenPlan): void {
  const isLong = [goal, help, signs].some((text) => text.length > TEXT_LENGTH);
  if (isLong || steps.length > MOST_STEPS || steps.some(({ text }) => text.length > STEP_LENGTH)) {
    throw new DomainError('comment_too_long');
  }
}

function isSame(stored: queries.ActionPlan, given: GivenPlan): boolean {
  const said = ({ goal, help, signs, steps }: queries.ActionPlan | GivenPlan) =>
    JSON.stringify([goal, help, signs, steps.map(({ text, onDay }) => [text, onDay])]);
  return said(stored) === said(given);
}

type PlanAction = Extract<audit.AuditAction, `action_plan.${string}`>;
/** What a plan says, and which steps are done, is the writer's own: the log has when it began, was shared and ended. */
const record = (trx: Db, actor: UserActor, action: PlanAction, cohortId: string) =>
  audit.record(trx, actor, action, { type: 'cohort', id: cohortId });
