import type { Db } from '#lib/server/db/open.ts';
import { deleteSignInLinks } from './accounts-queries.ts';
import type { Kind } from './queries.ts';

/** Everything that hangs on the marked cohorts, by its ids, read before any of it goes. */
type Hanging = {
  series: string[];
  /** Sessions of their plans, which the log names. */
  sessions: string[];
  rounds: string[];
  schoolRounds: string[];
  invitations: string[];
  people: string[];
  schools: string[];
};

const marked = (db: Db, kind: Kind) => db.selectFrom('demonstration').select('object_id').where('kind', '=', kind);

/** What the marked cohorts hold, also what somebody added to them later. */
export async function listHanging(db: Db): Promise<Hanging> {
  const series = await db
    .selectFrom('series')
    .select(['id', 'school_id as schoolId', 'ratee_id as rateeId'])
    .where('cohort_id', 'in', marked(db, 'cohort'))
    .execute();
  const sessions = await db
    .selectFrom('training_session')
    .select('id')
    .where('cohort_id', 'in', marked(db, 'cohort'))
    .execute();
  const rounds = await db.selectFrom('round').select('id').where('cohort_id', 'in', marked(db, 'cohort')).execute();
  const invitations = await db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .select(['invitation.id', 'invitation.person_id as personId'])
    .where('round.cohort_id', 'in', marked(db, 'cohort'))
    .execute();
  const schoolRounds = await db
    .selectFrom('school_round')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .select('school_round.id')
    .where('round.cohort_id', 'in', marked(db, 'cohort'))
    .execute();
  const members = await db
    .selectFrom('team_member')
    .innerJoin('series', 'series.id', 'team_member.series_id')
    .select('team_member.person_id as personId')
    .where('series.cohort_id', 'in', marked(db, 'cohort'))
    .execute();
  const people = [...series.map(({ rateeId }) => rateeId), ...[...invitations, ...members].map((row) => row.personId)];
  return {
    series: series.map(({ id }) => id),
    sessions: sessions.map(({ id }) => id),
    rounds: rounds.map(({ id }) => id),
    schoolRounds: schoolRounds.map(({ id }) => id),
    invitations: invitations.map(({ id }) => id),
    people: [...new Set(people)],
    schools: [...new Set(series.map(({ schoolId }) => schoolId))],
  };
}

/** Deletes the marked cohorts with their rounds, forms, reports and teams. */
export async function deleteCohorts(db: Db, { rounds, invitations }: Hanging): Promise<void> {
  for (const ids of chunks(invitations)) {
    await db.deleteFrom('response').where('invitation_id', 'in', ids).execute();
  }
  for (const ids of chunks(rounds)) {
    await db.deleteFrom('school_round').where('round_id', 'in', ids).execute();
    await db.deleteFrom('round').where('id', 'in', ids).execute();
  }
  await db.deleteFrom('series').where('cohort_id', 'in', marked(db, 'cohort')).execute();
  await db.deleteFrom('cohort').where('id', 'in', marked(db, 'cohort')).execute();
}

/** Those of these people whom nothing knows any more, once the cohorts are gone. */
export async function listForgotten(db: Db, people: readonly string[]): Promise<string[]> {
  const forgotten: string[] = [];
  for (const ids of chunks(people)) {
    const rows = await db
      .selectFrom('person')
      .select('id')
      .where('id', 'in', ids)
      .where('id', 'not in', (eb) => eb.selectFrom('series').select('ratee_id'))
      .where('id', 'not in', (eb) => eb.selectFrom('team_member').select('person_id'))
      .where('id', 'not in', (eb) => eb.selectFrom('invitation').select('person_id'))
      .execute();
    forgotten.push(...rows.map(({ id }) => id));
  }
  return forgotten;
}

type User = { id: string; email: string };

/**
 * The marked accounts, once marked cohorts and forgotten people are gone, but for those that something else has come to
 * need: trainer of a cohort that stays (nobody else might get at it), in the steering group of a programme that is not
 * marked, or of a person who stays.
 */
export function listMarkedUsers(db: Db): Promise<User[]> {
  return db
    .selectFrom('user')
    .select(['id', 'email'])
    .where('id', 'in', marked(db, 'user'))
    .where('id', 'not in', (eb) => eb.selectFrom('role_grant').select('user_id').where('cohort_id', 'is not', null))
    .where('id', 'not in', (eb) =>
      eb.selectFrom('role_grant').select('user_id').where('programme_id', 'not in', marked(db, 'programme')),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('person').select('person.id').whereRef('person.user_id', '=', 'user.id'))),
    )
    .execute();
}

/** The accounts that these people were given to read a report with; not those of anybody with a role. */
export async function listReaders(db: Db, people: readonly string[]): Promise<User[]> {
  const users: User[] = [];
  for (const ids of chunks(people)) {
    const rows = await db
      .selectFrom('user')
      .innerJoin('person', 'person.user_id', 'user.id')
      .select(['user.id', 'user.email'])
      .where('person.id', 'in', ids)
      .where('user.id', 'not in', (eb) => eb.selectFrom('role_grant').select('user_id'))
      .execute();
    users.push(...rows);
  }
  return users;
}

export async function deletePeople(db: Db, people: readonly string[]): Promise<void> {
  for (const ids of chunks(people)) await db.deleteFrom('person').where('id', 'in', ids).execute();
}

/** Deletes these accounts with their sessions and the sign-in links that were made for them. */
export async function deleteUsers(db: Db, users: readonly User[]): Promise<void> {
  for (const { id, email } of users) {
    await deleteSignInLinks(db, email);
    await db.deleteFrom('user').where('id', '=', id).execute();
  }
}

/** Deletes the schools, programmes and partnerships of the demonstration, but for those that something else is in. @returns the ids of the schools that went */
export async function deletePlaces(db: Db, schools: readonly string[]): Promise<string[]> {
  const gone: string[] = [];
  for (const ids of chunks(schools)) {
    const rows = await db
      .deleteFrom('school')
      .where('id', 'in', ids)
      .where('id', 'not in', (eb) => eb.selectFrom('series').select('school_id'))
      .returning('id')
      .execute();
    gone.push(...rows.map(({ id }) => id));
  }
  await db
    .deleteFrom('programme')
    .where('id', 'in', marked(db, 'programme'))
    .where('id', 'not in', (eb) =>
      eb
        .selectFrom('cohort')
        .select('programme_id')
        .where('programme_id', 'is not', null)
        .$narrowType<{ programme_id: string }>(),
    )
    .execute();
  await db
    .deleteFrom('partnership')
    .where('id', 'in', marked(db, 'partnership'))
    .where('id', 'not in', (eb) => eb.selectFrom('programme').select('partnership_id'))
    .execute();
  return gone;
}

export async function deleteMarks(db: Db): Promise<void> {
  await db.deleteFrom('demonstration').execute();
}

/** So many ids go into one statement. */
const CHUNK = 500;

function chunks(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, index) =>
    ids.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}
