import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';

/** How far a round is: who was asked, and who has begun and submitted; nothing of what was answered. */

/** Who was asked in a round, and how far they are; nothing of what was answered. */
export type ProgressRow = {
  schoolRoundId: string;
  invitationId: string;
  personId: string;
  role: Role;
  name: string | null;
  status: 'started' | 'submitted' | null;
};

export function listProgress(db: Db, roundId: string): Promise<ProgressRow[]> {
  return db
    .selectFrom('school_round')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select([
      'school_round.id as schoolRoundId',
      'invitation.id as invitationId',
      'invitation.person_id as personId',
      'invitation.role',
      'person.name',
      'response.status',
    ])
    .where('school_round.round_id', '=', roundId)
    .where('invitation.withdrawn_at', 'is', null)
    .orderBy('person.name')
    .execute();
}

/** An open round with the number of people invited and of forms submitted. */
export type OpenTotal = { roundId: string; roundName: string; cohortName: string; invited: number; submitted: number };

export function listOpenTotals(db: Db): Promise<OpenTotal[]> {
  return db
    .selectFrom('round')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .innerJoin('school_round', 'school_round.round_id', 'round.id')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select((eb) => [
      'round.id as roundId',
      'round.name as roundName',
      'cohort.name as cohortName',
      eb.fn.count<number>('invitation.id').as('invited'),
      eb.fn.count<number>('response.submitted_at').as('submitted'),
    ])
    .where('round.status', '=', 'open')
    .where('invitation.withdrawn_at', 'is', null)
    .groupBy('round.id')
    .orderBy('cohort.name')
    .execute();
}

/** A school in a round, with how many people of its team are asked from now on. */
export type SchoolRow = {
  schoolRoundId: string;
  seriesId: string;
  schoolName: string;
  rateeName: string | null;
  rateeErasedAt: string | null;
  mode: Mode;
  releasedAt: string | null;
  people: number;
  directors: number;
  teachers: number;
};

export function listSchools(db: Db, roundId: string): Promise<SchoolRow[]> {
  return db
    .selectFrom('school_round')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('person', 'person.id', 'series.ratee_id')
    .leftJoin('team_member', (join) =>
      join.onRef('team_member.series_id', '=', 'series.id').on('team_member.left_at', 'is', null),
    )
    .select((eb) => [
      'school_round.id as schoolRoundId',
      'series.id as seriesId',
      'school.name as schoolName',
      'person.name as rateeName',
      'person.erased_at as rateeErasedAt',
      'school_round.mode',
      'school_round.released_at as releasedAt',
      eb.fn.count<number>('team_member.id').as('people'),
      eb.fn.count<number>('team_member.id').filterWhere('team_member.role', '=', 'director').as('directors'),
      eb.fn.count<number>('team_member.id').filterWhere('team_member.role', '=', 'teacher').as('teachers'),
    ])
    .where('school_round.round_id', '=', roundId)
    .groupBy(['school_round.id', 'series.id', 'school.name', 'person.name', 'person.erased_at'])
    .orderBy('school.name')
    .orderBy('person.name')
    .execute();
}

/** By role: people who were asked in a round, and who submitted. */
export async function countByRole(
  db: Db,
  roundId: string,
): Promise<Record<Role, { asked: number; submitted: number }>> {
  const rows = await db
    .selectFrom('school_round')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select((eb) => [
      'invitation.role',
      eb.fn.count<number>('invitation.id').as('asked'),
      eb.fn.count<number>('response.submitted_at').as('submitted'),
    ])
    .where('school_round.round_id', '=', roundId)
    .where('invitation.withdrawn_at', 'is', null)
    .groupBy('invitation.role')
    .execute();
  const of = (role: Role) => {
    const { asked = 0, submitted = 0 } = rows.find((row) => row.role === role) ?? {};
    return { asked, submitted };
  };
  return { director: of('director'), ib: of('ib'), teacher: of('teacher') };
}

/** How many reports of a round are not released. */
export async function countUnreleased(db: Db, roundId: string): Promise<number> {
  const { count } = await db
    .selectFrom('school_round')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('school_round.round_id', '=', roundId)
    .where('school_round.released_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}
