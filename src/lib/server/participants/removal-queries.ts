import type { Db } from '#lib/server/db/open.ts';

/** People and schools of a cohort, read before it goes. */
export type Hanging = { people: string[]; schools: string[] };

export async function listHanging(db: Db, cohortId: string): Promise<Hanging> {
  const series = await db
    .selectFrom('series')
    .select(['school_id as schoolId', 'ratee_id as rateeId'])
    .where('cohort_id', '=', cohortId)
    .execute();
  const members = await db
    .selectFrom('team_member')
    .innerJoin('series', 'series.id', 'team_member.series_id')
    .select('team_member.person_id as personId')
    .where('series.cohort_id', '=', cohortId)
    .execute();
  return {
    people: [...new Set([...series.map(({ rateeId }) => rateeId), ...members.map(({ personId }) => personId)])],
    schools: [...new Set(series.map(({ schoolId }) => schoolId))],
  };
}

/** Whether somebody was filled in at a session of a cohort, asked how useful one was, or wrote an action plan. */
export async function isLived(db: Db, cohortId: string): Promise<boolean> {
  const plan = db.selectFrom('action_plan').select('id').where('cohort_id', '=', cohortId).limit(1);
  if (await plan.executeTakeFirst()) return true;
  const row = await db
    .selectFrom('training_session')
    .leftJoin('attendance', 'attendance.session_id', 'training_session.id')
    .leftJoin('usefulness_question', 'usefulness_question.session_id', 'training_session.id')
    .select('training_session.id')
    .where('training_session.cohort_id', '=', cohortId)
    .where((eb) =>
      eb.or([eb('attendance.person_id', 'is not', null), eb('usefulness_question.session_id', 'is not', null)]),
    )
    .executeTakeFirst();
  const handIn = await db
    .selectFrom('hand_in')
    .innerJoin('assignment', 'assignment.id', 'hand_in.assignment_id')
    .select('hand_in.id')
    .where('assignment.cohort_id', '=', cohortId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined || handIn !== undefined;
}

/** Deletes a cohort in which nothing was opened, with its planned rounds and teams; the trainers' roles in it go along. */
export async function deleteCohort(db: Db, cohortId: string): Promise<void> {
  await db
    .deleteFrom('school_round')
    .where('round_id', 'in', (eb) => eb.selectFrom('round').select('id').where('cohort_id', '=', cohortId))
    .execute();
  await db.deleteFrom('round').where('cohort_id', '=', cohortId).execute();
  await db.deleteFrom('series').where('cohort_id', '=', cohortId).execute();
  await db.deleteFrom('cohort').where('id', '=', cohortId).execute();
}

/** So many ids in a statement that SQLite's limit of parameters is far. */
const CHUNK = 500;

/** Deletes those of these people and schools that nothing knows any more; nobody who has an account. */
export async function deleteForgotten(db: Db, { people, schools }: Hanging): Promise<void> {
  for (let from = 0; from < people.length; from += CHUNK) {
    await db
      .deleteFrom('person')
      .where('id', 'in', people.slice(from, from + CHUNK))
      .where('user_id', 'is', null)
      .where('id', 'not in', (eb) => eb.selectFrom('series').select('ratee_id'))
      .where('id', 'not in', (eb) => eb.selectFrom('team_member').select('person_id'))
      .where('id', 'not in', (eb) => eb.selectFrom('invitation').select('person_id'))
      .execute();
  }
  for (let from = 0; from < schools.length; from += CHUNK) {
    await db
      .deleteFrom('school')
      .where('id', 'in', schools.slice(from, from + CHUNK))
      .where('id', 'not in', (eb) => eb.selectFrom('series').select('school_id'))
      .execute();
  }
}
