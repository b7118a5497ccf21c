import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';

export type Cohort = {
  id: string;
  name: string;
  programmeId: string | null;
  programmeName: string | null;
  partnershipName: string | null;
  trainerSeesSchools: boolean;
  /** Raised by every change, so that a form can say which state it was made from. */
  version: number;
};

function cohorts(db: Db) {
  return db
    .selectFrom('cohort')
    .leftJoin('programme', 'programme.id', 'cohort.programme_id')
    .leftJoin('partnership', 'partnership.id', 'programme.partnership_id')
    .select([
      'cohort.id',
      'cohort.name',
      'cohort.programme_id as programmeId',
      'programme.name as programmeName',
      'partnership.name as partnershipName',
      'cohort.trainer_sees_schools as trainerSeesSchools',
      'cohort.version',
    ]);
}

type CohortRow = Omit<Cohort, 'trainerSeesSchools'> & { trainerSeesSchools: number };
const toCohort = (row: CohortRow): Cohort => ({ ...row, trainerSeesSchools: row.trainerSeesSchools === 1 });

export async function findCohort(db: Db, id: string): Promise<Cohort | undefined> {
  const row = await cohorts(db).where('cohort.id', '=', id).executeTakeFirst();
  return row && toCohort(row);
}

export async function findCohortByName(db: Db, name: string): Promise<Cohort | undefined> {
  const row = await cohorts(db).where('cohort.name', '=', name).executeTakeFirst();
  return row && toCohort(row);
}

export async function listCohorts(db: Db, ids: readonly string[]): Promise<Cohort[]> {
  if (ids.length === 0) return [];
  const rows = await cohorts(db).where('cohort.id', 'in', ids).orderBy('cohort.name').execute();
  return rows.map(toCohort);
}

export async function insertCohort(
  db: Db,
  row: { id: string; name: string; programmeId: string | null; trainerSeesSchools: boolean; createdAt: string },
): Promise<void> {
  await db
    .insertInto('cohort')
    .values({
      id: row.id,
      name: row.name,
      programme_id: row.programmeId,
      trainer_sees_schools: row.trainerSeesSchools ? 1 : 0,
      created_at: row.createdAt,
    })
    .execute();
}

/** False when the cohort was changed since this version: then nothing happened. */
export async function updateCohort(
  db: Db,
  id: string,
  version: number,
  change: { name: string; programmeId: string | null; trainerSeesSchools: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cohort')
    .set({
      name: change.name,
      programme_id: change.programmeId,
      trainer_sees_schools: change.trainerSeesSchools ? 1 : 0,
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Whether anybody has started a form in this cohort: then the cohort's promises are fixed. */
export async function hasResponses(db: Db, cohortId: string): Promise<boolean> {
  const row = await db
    .selectFrom('response')
    .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .select('response.id')
    .where('round.cohort_id', '=', cohortId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Finds or makes a partnership by name. */
export async function ensurePartnership(db: Db, id: string, name: string, createdAt: string): Promise<string> {
  await db
    .insertInto('partnership')
    .values({ id, name, created_at: createdAt })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const row = await db.selectFrom('partnership').select('id').where('name', '=', name).executeTakeFirstOrThrow();
  return row.id;
}

/** Finds or makes a programme of a partnership by name. */
export async function ensureProgramme(
  db: Db,
  row: { id: string; partnershipId: string; name: string; createdAt: string },
): Promise<string> {
  await db
    .insertInto('programme')
    .values({ id: row.id, partnership_id: row.partnershipId, name: row.name, created_at: row.createdAt })
    .onConflict((conflict) => conflict.columns(['partnership_id', 'name']).doNothing())
    .execute();
  const found = await db
    .selectFrom('programme')
    .select('id')
    .where('partnership_id', '=', row.partnershipId)
    .where('name', '=', row.name)
    .executeTakeFirstOrThrow();
  return found.id;
}

export type School = { id: string; name: string; brin: string | null };

export function findSchool(db: Db, school: { name: string; brin: string | null }): Promise<School | undefined> {
  const schools = db.selectFrom('school').select(['id', 'name', 'brin']);
  return school.brin === null
    ? schools.where('brin', 'is', null).where('name', '=', school.name).executeTakeFirst()
    : schools.where('brin', '=', school.brin).executeTakeFirst();
}

export type Series = {
  id: string;
  cohortId: string;
  schoolId: string;
  schoolName: string;
  brin: string | null;
  rateeId: string;
  rateeName: string | null;
  /** When this IB'er was erased; null for who is not. */
  rateeErasedAt: string | null;
  /** Raised by every change of the school or the people in the team. */
  version: number;
  /** When this IB'er left the cohort; null for who takes part. */
  leftAt: string | null;
};

function series(db: Db) {
  return db
    .selectFrom('series')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('person', 'person.id', 'series.ratee_id')
    .select([
      'series.id',
      'series.cohort_id as cohortId',
      'school.id as schoolId',
      'school.name as schoolName',
      'school.brin',
      'person.id as rateeId',
      'person.name as rateeName',
      'person.erased_at as rateeErasedAt',
      'series.version',
      'series.left_at as leftAt',
    ]);
}

export function listSeries(db: Db, cohortId: string): Promise<Series[]> {
  return series(db).where('series.cohort_id', '=', cohortId).orderBy('school.name').orderBy('person.name').execute();
}

export function findSeries(db: Db, id: string): Promise<Series | undefined> {
  return series(db).where('series.id', '=', id).executeTakeFirst();
}

export function findSeriesOf(db: Db, cohortId: string, schoolId: string, rateeId: string): Promise<Series | undefined> {
  return series(db)
    .where('series.cohort_id', '=', cohortId)
    .where('series.school_id', '=', schoolId)
    .where('series.ratee_id', '=', rateeId)
    .executeTakeFirst();
}

export async function insertSeries(
  db: Db,
  row: { id: string; cohortId: string; schoolId: string; rateeId: string; createdAt: string },
): Promise<void> {
  await db
    .insertInto('series')
    .values({
      id: row.id,
      cohort_id: row.cohortId,
      school_id: row.schoolId,
      ratee_id: row.rateeId,
      created_at: row.createdAt,
    })
    .execute();
}

export type TeamMember = {
  id: string;
  seriesId: string;
  personId: string;
  role: Role;
  name: string | null;
  email: string | null;
};

function team(db: Db) {
  return db
    .selectFrom('team_member')
    .innerJoin('person', 'person.id', 'team_member.person_id')
    .innerJoin('series', 'series.id', 'team_member.series_id')
    .select([
      'team_member.id',
      'team_member.series_id as seriesId',
      'team_member.person_id as personId',
      'team_member.role',
      'person.name',
      'person.email',
    ])
    .where('team_member.left_at', 'is', null);
}

export function listTeams(db: Db, cohortId: string): Promise<TeamMember[]> {
  return team(db).where('series.cohort_id', '=', cohortId).orderBy('person.name').execute();
}

export function listTeam(db: Db, seriesId: string): Promise<TeamMember[]> {
  return team(db).where('team_member.series_id', '=', seriesId).execute();
}

export function findTeamMember(db: Db, id: string): Promise<TeamMember | undefined> {
  return team(db).where('team_member.id', '=', id).executeTakeFirst();
}

export function findMemberOf(db: Db, seriesId: string, personId: string): Promise<TeamMember | undefined> {
  return team(db)
    .where('team_member.series_id', '=', seriesId)
    .where('team_member.person_id', '=', personId)
    .executeTakeFirst();
}

export async function insertTeamMember(
  db: Db,
  row: { id: string; seriesId: string; personId: string; role: Role; joinedAt: string },
): Promise<void> {
  await db
    .insertInto('team_member')
    .values({
      id: row.id,
      series_id: row.seriesId,
      person_id: row.personId,
      role: row.role,
      joined_at: row.joinedAt,
      left_at: null,
    })
    .execute();
}

export async function leaveTeam(db: Db, id: string, at: string): Promise<void> {
  await db.updateTable('team_member').set({ left_at: at }).where('id', '=', id).execute();
}

/** Every cohort in which this person is or was in a team. */
export async function cohortsOfPerson(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('team_member')
    .innerJoin('series', 'series.id', 'team_member.series_id')
    .select('series.cohort_id as cohortId')
    .distinct()
    .where('team_member.person_id', '=', personId)
    .execute();
  return rows.map((row) => row.cohortId);
}
