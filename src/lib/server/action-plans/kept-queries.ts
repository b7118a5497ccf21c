import type { Db } from '#lib/server/db/open.ts';
import type { Step } from './queries.ts';

/** Deletes the plans of somebody, or of everybody in a cohort, with their steps. */
export async function deletePlans(db: Db, whose: { personId: string } | { cohortId: string }): Promise<void> {
  const column = 'personId' in whose ? 'person_id' : 'cohort_id';
  await db
    .deleteFrom('action_plan')
    .where(column, '=', 'personId' in whose ? whose.personId : whose.cohortId)
    .execute();
}

/** A plan as its writer's own file has it. */
export type OwnPlanRow = {
  cohort: string;
  goal: string;
  help: string;
  signs: string;
  sharedAt: string | null;
  createdAt: string;
  changedAt: string;
  steps: Omit<Step, 'id'>[];
};

/** The plans of somebody, for that person. */
export async function listOwn(db: Db, personId: string): Promise<OwnPlanRow[]> {
  const rows = await db
    .selectFrom('action_plan')
    .innerJoin('cohort', 'cohort.id', 'action_plan.cohort_id')
    .select(['action_plan.id', 'cohort.name as cohort', 'goal', 'help', 'signs', 'shared_at as sharedAt'])
    .select(['action_plan.created_at as createdAt', 'changed_at as changedAt'])
    .where('action_plan.person_id', '=', personId)
    .orderBy('action_plan.created_at')
    .execute();
  const own: OwnPlanRow[] = [];
  for (const { id, ...plan } of rows) {
    const steps = await db
      .selectFrom('action_step')
      .select(['text', 'on_day as onDay', 'done_at as doneAt'])
      .where('plan_id', '=', id)
      .orderBy('position')
      .execute();
    own.push({ ...plan, steps });
  }
  return own;
}
