import type { Db } from '#lib/server/db/open.ts';

/** A first small step; `onDay` (yyyy-mm-dd) and `doneAt` (ISO 8601) are null as long as there is none. */
export type Step = { id: string; text: string; onDay: string | null; doneAt: string | null };

/** What somebody wrote in one cohort; '' where nothing is said. `sharedAt` null: only who wrote it reads it. */
export type ActionPlan = {
  id: string;
  goal: string;
  help: string;
  signs: string;
  sharedAt: string | null;
  version: number;
  changedAt: string;
  /** In the order in which they were written. */
  steps: Step[];
};

/** A cohort that somebody takes or took part in. */
export type OwnCohort = { id: string; name: string; programmeName: string | null };

/**
 * The cohorts in which somebody has or had a place as IB'er or director, or wrote a plan, by name; with the day (yyyy-mm-dd)
 * on which one was cleared.
 */
export function listOwnCohorts(db: Db, personId: string): Promise<(OwnCohort & { clearedOn: string | null })[]> {
  return db
    .selectFrom('cohort')
    .leftJoin('programme', 'programme.id', 'cohort.programme_id')
    .leftJoin('retention_cohort', 'retention_cohort.cohort_id', 'cohort.id')
    .select(['cohort.id', 'cohort.name', 'programme.name as programmeName'])
    .select('retention_cohort.cleared_on as clearedOn')
    .where(({ or, eb, selectFrom }) =>
      or([
        eb(
          'cohort.id',
          'in',
          selectFrom('team_member')
            .innerJoin('series', 'series.id', 'team_member.series_id')
            .select('series.cohort_id')
            .where('team_member.person_id', '=', personId)
            .where('team_member.role', 'in', ['ib', 'director']),
        ),
        eb(
          'cohort.id',
          'in',
          selectFrom('action_plan').select('action_plan.cohort_id').where('action_plan.person_id', '=', personId),
        ),
      ]),
    )
    .orderBy('cohort.name')
    .execute();
}

function plans(db: Db) {
  return db
    .selectFrom('action_plan')
    .select(['action_plan.id', 'goal', 'help', 'signs'])
    .select(['shared_at as sharedAt', 'action_plan.version', 'changed_at as changedAt']);
}

function listSteps(db: Db, planId: string): Promise<Step[]> {
  return db
    .selectFrom('action_step')
    .select(['id', 'text', 'on_day as onDay', 'done_at as doneAt'])
    .where('plan_id', '=', planId)
    .orderBy('position')
    .execute();
}

export async function findPlan(db: Db, cohortId: string, personId: string): Promise<ActionPlan | undefined> {
  const plan = await plans(db).where('cohort_id', '=', cohortId).where('person_id', '=', personId).executeTakeFirst();
  return plan && { ...plan, steps: await listSteps(db, plan.id) };
}

/** A plan with its writer: `name` null where it has been taken away, `schools` in the order of the alphabet. */
export type SharedPlan = ActionPlan & { personId: string; name: string | null; schools: string[] };

/** The plans of a cohort that their writers share with its trainers, by name. */
export async function listShared(db: Db, cohortId: string): Promise<SharedPlan[]> {
  const rows = await plans(db)
    .innerJoin('person', 'person.id', 'action_plan.person_id')
    .select(['person.id as personId', 'person.name'])
    .where('cohort_id', '=', cohortId)
    .where('shared_at', 'is not', null)
    .orderBy('person.name')
    .orderBy('action_plan.id')
    .execute();
  const shared: SharedPlan[] = [];
  for (const row of rows) {
    const schools = await listSchools(db, cohortId, row.personId);
    shared.push({ ...row, schools, steps: await listSteps(db, row.id) });
  }
  return shared;
}

async function listSchools(db: Db, cohortId: string, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('series')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('team_member', 'team_member.series_id', 'series.id')
    .select('school.name')
    .distinct()
    .where('series.cohort_id', '=', cohortId)
    .where('team_member.person_id', '=', personId)
    .where('team_member.role', 'in', ['ib', 'director'])
    .orderBy('school.name')
    .execute();
  return rows.map(({ name }) => name);
}

/** The day (yyyy-mm-dd) on which a cohort's plan has the action plan handed in; undefined where it has none. */
export async function findReadyOn(db: Db, cohortId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('assignment')
    .select('due_on as dueOn')
    .where('cohort_id', '=', cohortId)
    .where('kind', '=', 'action_plan')
    .where('cancelled_at', 'is', null)
    .orderBy('due_on', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.dueOn;
}

type Texts = Pick<ActionPlan, 'goal' | 'help' | 'signs'>;

/** Stores a first version. False when there is a plan of this person already: then nothing happened. */
export async function insertPlan(
  db: Db,
  plan: Texts & { id: string; cohortId: string; personId: string },
  at: string,
): Promise<boolean> {
  const { id, cohortId, personId, goal, help, signs } = plan;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('action_plan')
    .values({
      ...{ id, cohort_id: cohortId, person_id: personId, goal, help, signs, shared_at: null },
      ...{ version: 1, created_at: at, changed_at: at },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Changes a plan that is still in the version that was seen. @returns whether it was */
export async function updatePlan(
  db: Db,
  { id, version }: Pick<ActionPlan, 'id' | 'version'>,
  { goal, help, signs }: Texts,
  at: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('action_plan')
    .set({ goal, help, signs, version: version + 1, changed_at: at })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Puts these steps in the place of those that a plan had. */
export async function putSteps(db: Db, planId: string, steps: readonly Step[]): Promise<void> {
  await db.deleteFrom('action_step').where('plan_id', '=', planId).execute();
  if (steps.length === 0) return;
  await db
    .insertInto('action_step')
    .values(
      steps.map(({ id, text, onDay, doneAt }, position) => ({
        ...{ id, plan_id: planId, position, text, on_day: onDay, done_at: doneAt },
      })),
    )
    .execute();
}

/** Says when a step of this plan was done, or (null) that it is not. @returns whether the plan has such a step */
export async function setDone(db: Db, planId: string, stepId: string, at: string | null): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('action_step')
    .set({ done_at: at })
    .where('id', '=', stepId)
    .where('plan_id', '=', planId)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function setShared(db: Db, planId: string, at: string | null): Promise<void> {
  await db.updateTable('action_plan').set({ shared_at: at }).where('id', '=', planId).execute();
}

/** Deletes a plan that is still in the version that was seen. @returns whether it was */
export async function deletePlan(db: Db, id: string, version: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('action_plan')
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
