import type { Presence } from '#lib/programme/attendance.ts';
import type { Db } from '#lib/server/db/open.ts';

/** A place in a cohort: an IB'er's series, or a director's place in the team of one. */
export type PlaceRow = {
  personId: string;
  name: string | null;
  role: 'director' | 'ib';
  schoolName: string;
  joinedAt: string;
  leftAt: string | null;
  /** When the series ended: nobody takes part for a school without it. */
  seriesLeftAt: string | null;
};

/** The IB'ers and directors of a cohort, those who left too; not who was erased. */
export function listPlaces(db: Db, cohortId: string): Promise<PlaceRow[]> {
  return db
    .selectFrom('series')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('team_member', 'team_member.series_id', 'series.id')
    .innerJoin('person', 'person.id', 'team_member.person_id')
    .select(['person.id as personId', 'person.name', 'team_member.role', 'school.name as schoolName'])
    .select('team_member.joined_at as joinedAt')
    .select(['team_member.left_at as leftAt', 'series.left_at as seriesLeftAt'])
    .where('series.cohort_id', '=', cohortId)
    .where('team_member.role', 'in', ['ib', 'director'])
    .where('person.erased_at', 'is', null)
    .orderBy('school.name')
    .orderBy('team_member.role', 'desc')
    .orderBy('person.name')
    .orderBy('person.id')
    .$narrowType<{ role: 'director' | 'ib' }>()
    .execute();
}

export type MarkRow = { sessionId: string; personId: string; presence: Presence };

/** What is filled in of a cohort's sessions, or of one of them. */
export function listMarks(db: Db, cohortId: string, sessionId?: string): Promise<MarkRow[]> {
  return db
    .selectFrom('attendance')
    .innerJoin('training_session', 'training_session.id', 'attendance.session_id')
    .select(['attendance.session_id as sessionId', 'attendance.person_id as personId', 'attendance.presence'])
    .where('training_session.cohort_id', '=', cohortId)
    .$if(sessionId !== undefined, (query) => query.where('attendance.session_id', '=', sessionId ?? ''))
    .execute();
}

/** Fills in for somebody, whatever stood there. */
export async function putMark(
  db: Db,
  { sessionId, personId, role, presence }: MarkRow & { role: 'director' | 'ib' },
  at: string,
): Promise<void> {
  await db
    .insertInto('attendance')
    .values({ session_id: sessionId, person_id: personId, role, presence, marked_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['session_id', 'person_id'])
        .doUpdateSet((eb) => ({ presence: eb.ref('excluded.presence'), marked_at: eb.ref('excluded.marked_at') })),
    )
    .execute();
}

export async function deleteMark(db: Db, sessionId: string, personId: string): Promise<void> {
  await db.deleteFrom('attendance').where('session_id', '=', sessionId).where('person_id', '=', personId).execute();
}

/** The latest round of a cohort that was closed. */
export function findLatestClosed(db: Db, cohortId: string): Promise<{ id: string; name: string } | undefined> {
  return db
    .selectFrom('round')
    .select(['id', 'name'])
    .where('cohort_id', '=', cohortId)
    .where('status', '=', 'closed')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Deletes what is filled in of somebody who is erased. */
export async function deleteOfPerson(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('attendance').where('person_id', '=', personId).execute();
}

/** Deletes what is filled in of everybody at the sessions of a cohort. */
export async function deleteOfCohort(db: Db, cohortId: string): Promise<void> {
  await db
    .deleteFrom('attendance')
    .where('session_id', 'in', (eb) => eb.selectFrom('training_session').select('id').where('cohort_id', '=', cohortId))
    .execute();
}

/** What a year came to over everybody who was filled in; without the sums where these were too few people. */
export type KeptRow = {
  year: number;
  /** How many people were filled in, and how often they were together. */
  people: number;
  filledIn: number;
  /** How often they were there, and their hours. */
  sums: { present: number; hours: number } | null;
};

/** Of a cohort of which who was where is gone. */
export async function listKept(db: Db, cohortId: string): Promise<KeptRow[]> {
  const rows = await db
    .selectFrom('attendance_kept')
    .select(['year', 'people', 'filled_in as filledIn', 'present', 'hours'])
    .where('cohort_id', '=', cohortId)
    .execute();
  return rows.map(({ present, hours, ...row }) => ({
    ...row,
    sums: present === null || hours === null ? null : { present, hours },
  }));
}

/** Keeps what a year came to; one that is kept already stays as it was. */
export async function keep(db: Db, cohortId: string, { year, people, filledIn, sums }: KeptRow): Promise<void> {
  const { present = null, hours = null } = sums ?? {};
  await db
    .insertInto('attendance_kept')
    .values({ cohort_id: cohortId, year, people, filled_in: filledIn, present, hours })
    .onConflict((conflict) => conflict.columns(['cohort_id', 'year']).doNothing())
    .execute();
}

export type OwnAttendanceRow = { cohort: string; session: string; startsAt: string; presence: Presence; at: string };

/** What is filled in of somebody, for that person. */
export function listOwn(db: Db, personId: string): Promise<OwnAttendanceRow[]> {
  return db
    .selectFrom('attendance')
    .innerJoin('training_session', 'training_session.id', 'attendance.session_id')
    .innerJoin('cohort', 'cohort.id', 'training_session.cohort_id')
    .select(['cohort.name as cohort', 'training_session.title as session', 'training_session.starts_at as startsAt'])
    .select(['attendance.presence', 'attendance.marked_at as at'])
    .where('attendance.person_id', '=', personId)
    .orderBy('training_session.starts_at')
    .execute();
}

/** Of each of these cohorts the sessions that ended in a period and have nothing filled in: how many, and when the last ended. */
export async function listUnfilled(
  db: Db,
  cohortIds: readonly string[],
  { since, until }: { since: string; until: string },
): Promise<{ cohortId: string; cohortName: string; endsAt: string; count: number }[]> {
  if (cohortIds.length === 0) return [];
  return db
    .selectFrom('training_session')
    .innerJoin('cohort', 'cohort.id', 'training_session.cohort_id')
    .select(['cohort.id as cohortId', 'cohort.name as cohortName'])
    .select(({ fn }) => [fn.max('training_session.ends_at').as('endsAt'), fn.countAll<number>().as('count')])
    .where('training_session.cohort_id', 'in', cohortIds)
    .where('training_session.ends_at', '>', since)
    .where('training_session.ends_at', '<=', until)
    .where('training_session.cancelled_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('attendance')
            .select('attendance.person_id')
            .whereRef('attendance.session_id', '=', 'training_session.id'),
        ),
      ),
    )
    .groupBy(['cohort.id', 'cohort.name'])
    .execute();
}
