import type { AssignmentPlan, RoundPlan, SessionPlan } from '#lib/programme/plan.ts';
import { inChunks } from '#lib/server/db/in-chunks.ts';
import type { Db } from '#lib/server/db/open.ts';

/** Where a row stands: `version` counts its changes; `cancelledAt` null: it goes on. */
type Kept = { id: string; cohortId: string; cancelledAt: string | null; version: number };

/** A session of a cohort ("bijeenkomst"); the auth table `session` is another thing. */
export type TrainingSession = SessionPlan & Kept;
export type Assignment = AssignmentPlan & Kept;
/** Known in its cohort by its name. */
export type PlannedRound = RoundPlan & Omit<Kept, 'id'>;

/** What a cohort was made from; both null for one that was made without a template. */
export type PlanHead = {
  cohortId: string;
  cohortName: string;
  programmeId: string | null;
  templateId: string | null;
  templateTitle: string | null;
  /** The first day of the programme (yyyy-mm-dd). */
  startsOn: string | null;
};

export function findHead(db: Db, cohortId: string): Promise<PlanHead | undefined> {
  return db
    .selectFrom('cohort')
    .leftJoin('programme_template', 'programme_template.id', 'cohort.template_id')
    .select([
      ...(['cohort.id as cohortId', 'cohort.name as cohortName', 'cohort.programme_id as programmeId'] as const),
      ...(['cohort.template_id as templateId', 'programme_template.title as templateTitle'] as const),
      'cohort.starts_on as startsOn',
    ])
    .where('cohort.id', '=', cohortId)
    .executeTakeFirst();
}

export async function setTemplate(db: Db, cohortId: string, templateId: string, startsOn: string): Promise<void> {
  await db
    .updateTable('cohort')
    .set({ template_id: templateId, starts_on: startsOn })
    .where('id', '=', cohortId)
    .execute();
}

function sessions(db: Db) {
  return db
    .selectFrom('training_session')
    .select([
      ...(['id', 'cohort_id as cohortId', 'year', 'starts_at as startsAt', 'ends_at as endsAt'] as const),
      ...(['title', 'about', 'place', 'hours', 'event', 'cancelled_at as cancelledAt', 'version'] as const),
    ]);
}

/** The sessions of a cohort in the order of time, also those that were cancelled. */
export function listSessions(db: Db, cohortId: string): Promise<TrainingSession[]> {
  return sessions(db).where('cohort_id', '=', cohortId).orderBy('starts_at').orderBy('id').execute();
}

export function findSession(db: Db, id: string): Promise<TrainingSession | undefined> {
  return sessions(db).where('id', '=', id).executeTakeFirst();
}

/** The sessions of a cohort, or of it the one, of which somebody is filled in or was asked how useful it was. */
export async function listHeld(db: Db, cohortId: string, sessionId?: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('training_session')
    .select('training_session.id')
    .where('training_session.cohort_id', '=', cohortId)
    .$if(sessionId !== undefined, (query) => query.where('training_session.id', '=', sessionId ?? ''))
    .where(({ exists, or, selectFrom }) =>
      or([
        exists(
          selectFrom('attendance')
            .select('attendance.person_id')
            .whereRef('attendance.session_id', '=', 'training_session.id'),
        ),
        exists(
          selectFrom('usefulness_question')
            .select('usefulness_question.session_id')
            .whereRef('usefulness_question.session_id', '=', 'training_session.id'),
        ),
      ]),
    )
    .execute();
  return new Set(rows.map(({ id }) => id));
}

const sessionValues = (plan: SessionPlan) => ({
  ...{ year: plan.year, starts_at: plan.startsAt, ends_at: plan.endsAt, title: plan.title, about: plan.about },
  ...{ place: plan.place, hours: plan.hours, event: plan.event },
});

export async function insertSessions(
  db: Db,
  cohortId: string,
  plans: readonly (SessionPlan & { id: string })[],
): Promise<void> {
  const rows = plans.map((plan) => ({ id: plan.id, cohort_id: cohortId, ...sessionValues(plan) }));
  await inChunks(rows, (some) => db.insertInto('training_session').values(some).execute());
}

/** False when it was changed since this version: then nothing happened. */
export async function updateSession(
  db: Db,
  { id, version }: Pick<TrainingSession, 'id' | 'version'>,
  plan: SessionPlan,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('training_session')
    .set({ ...sessionValues(plan), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

function assignments(db: Db) {
  return db
    .selectFrom('assignment')
    .select([
      ...(['id', 'cohort_id as cohortId', 'year', 'title', 'about', 'due_on as dueOn', 'hours'] as const),
      ...(['cancelled_at as cancelledAt', 'version'] as const),
    ]);
}

/** The assignments of a cohort by the day of handing in, also those that were cancelled. */
export function listAssignments(db: Db, cohortId: string): Promise<Assignment[]> {
  return assignments(db).where('cohort_id', '=', cohortId).orderBy('due_on').orderBy('id').execute();
}

export function findAssignment(db: Db, id: string): Promise<Assignment | undefined> {
  return assignments(db).where('id', '=', id).executeTakeFirst();
}

const assignmentValues = ({ year, title, about, dueOn, hours }: AssignmentPlan) => ({
  ...{ year, title, about, due_on: dueOn, hours },
});

export async function insertAssignments(
  db: Db,
  cohortId: string,
  plans: readonly (AssignmentPlan & { id: string })[],
): Promise<void> {
  const rows = plans.map((plan) => ({
    ...{ id: plan.id, cohort_id: cohortId, kind: plan.kind ?? null, ...assignmentValues(plan) },
  }));
  await inChunks(rows, (some) => db.insertInto('assignment').values(some).execute());
}

/** False when it was changed since this version: then nothing happened. */
export async function updateAssignment(
  db: Db,
  { id, version }: Pick<Assignment, 'id' | 'version'>,
  plan: AssignmentPlan,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('assignment')
    .set({ ...assignmentValues(plan), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Cancels a session or an assignment, or puts it back (null). False when it was changed since this version. */
export async function setCancelled(
  db: Db,
  table: 'training_session' | 'assignment',
  { id, version }: Pick<Kept, 'id' | 'version'>,
  at: string | null,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable(table)
    .set({ cancelled_at: at, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** The rounds that a cohort's plan has, by day. */
export function listRounds(db: Db, cohortId: string): Promise<PlannedRound[]> {
  return db
    .selectFrom('planned_round')
    .select(['cohort_id as cohortId', 'name', 'year', 'on_day as onDay', 'cancelled_at as cancelledAt', 'version'])
    .where('cohort_id', '=', cohortId)
    .orderBy('on_day')
    .orderBy('name')
    .execute();
}

export async function insertRounds(db: Db, cohortId: string, plans: readonly RoundPlan[]): Promise<void> {
  const rows = plans.map(({ name, year, onDay }) => ({ cohort_id: cohortId, name, year, on_day: onDay }));
  await inChunks(rows, (some) => db.insertInto('planned_round').values(some).execute());
}

/** False when it was changed since this version: then nothing happened. */
export async function updateRound(
  db: Db,
  { cohortId, name, version }: Pick<PlannedRound, 'cohortId' | 'name' | 'version'>,
  { year, onDay, cancelledAt }: Pick<PlannedRound, 'year' | 'onDay' | 'cancelledAt'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('planned_round')
    .set({ year, on_day: onDay, cancelled_at: cancelledAt, version: version + 1 })
    .where('cohort_id', '=', cohortId)
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
