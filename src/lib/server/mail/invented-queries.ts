import type { Db } from '#lib/server/db/open.ts';

/** The cohorts that came with the demonstration: about them nobody is mailed. */
export const inventedCohorts = (db: Db) =>
  db.selectFrom('demonstration').select('object_id').where('kind', '=', 'cohort');

/** The accounts that came with the demonstration. */
export const inventedUsers = (db: Db) => db.selectFrom('demonstration').select('object_id').where('kind', '=', 'user');

/** Whether a round is of a cohort that came with the demonstration. */
export async function isRoundInvented(db: Db, roundId: string): Promise<boolean> {
  const round = db.selectFrom('round').select('id').where('id', '=', roundId);
  return (await round.where('cohort_id', 'in', inventedCohorts(db)).executeTakeFirst()) !== undefined;
}

/** Whether somebody takes part in a cohort that came with the demonstration. */
export async function isSeriesInvented(db: Db, seriesId: string): Promise<boolean> {
  const series = db.selectFrom('series').select('id').where('id', '=', seriesId);
  return (await series.where('cohort_id', 'in', inventedCohorts(db)).executeTakeFirst()) !== undefined;
}

/** Whether a link that asks how useful a session was is of a cohort that came with the demonstration. */
export async function isUsefulnessInvented(db: Db, linkId: string): Promise<boolean> {
  const link = db
    .selectFrom('usefulness_link')
    .innerJoin('training_session', 'training_session.id', 'usefulness_link.session_id')
    .select('usefulness_link.id')
    .where('usefulness_link.id', '=', linkId);
  return (await link.where('training_session.cohort_id', 'in', inventedCohorts(db)).executeTakeFirst()) !== undefined;
}

/** Whether something was handed in for a cohort that came with the demonstration. */
export async function isHandInInvented(db: Db, handInId: string): Promise<boolean> {
  const handIn = db
    .selectFrom('hand_in')
    .innerJoin('assignment', 'assignment.id', 'hand_in.assignment_id')
    .select('hand_in.id')
    .where('hand_in.id', '=', handInId);
  return (await handIn.where('assignment.cohort_id', 'in', inventedCohorts(db)).executeTakeFirst()) !== undefined;
}

/** Whether a school registered for a cohort that came with the demonstration. */
export async function isRegistrationInvented(db: Db, entryId: string): Promise<boolean> {
  const entry = db.selectFrom('registration_entry').select('id').where('id', '=', entryId);
  return (await entry.where('cohort_id', 'in', inventedCohorts(db)).executeTakeFirst()) !== undefined;
}
