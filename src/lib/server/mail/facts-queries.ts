import type { SqlBool } from 'kysely';
import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import { asksTogether, isAskedIn, isPulse, rolesAsked } from '#lib/server/instruments/asked-service.ts';
import { isToSomebodyAsked } from './asked-queries.ts';
import { findTrainer, type Asker } from './trainer-queries.ts';

/** Whom a mail is to, as it stands when it is sent. */
export type Recipient = { name: string | null; email: string | null; language: 'nl' | 'en' };

export function findPerson(db: Db, id: string): Promise<Recipient | undefined> {
  return db.selectFrom('person').select(['name', 'email', 'language']).where('id', '=', id).executeTakeFirst();
}

/** An account; its language is that of the person whose account it is, so that all mail to somebody is in one. */
export function findUser(db: Db, id: string): Promise<Recipient | undefined> {
  return db
    .selectFrom('user')
    .leftJoin('person', 'person.user_id', 'user.id')
    .select(['user.name', 'user.email'])
    .select((eb) => eb.fn.coalesce('person.language', 'user.language').as('language'))
    .where('user.id', '=', id)
    .executeTakeFirst();
}

/** A round, and who asks. */
export type RoundFacts = Asker & {
  id: string;
  cohortId: string;
  name: string;
  status: 'planned' | 'open' | 'closed';
  /** The last day to submit (yyyy-mm-dd); null: it is closed by hand. */
  closesOn: string | null;
  programmeName: string | null;
  partnershipName: string | null;
  trainerSeesSchools: number;
  /** How many statements a form has. */
  aspects: number;
  /** They are some of the list: a short form between two whole ones. */
  isPulse: SqlBool;
  /** Whether the list asks teachers, and whether it asks the director. */
  asksTeachers: boolean;
  asksDirector: boolean;
  /** Whether its list is about what director and IB'er do together, and nobody's work. */
  isTogether: boolean;
};

export async function findRound(db: Db, id: string): Promise<RoundFacts | undefined> {
  const round = await db
    .selectFrom('round')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .leftJoin('programme', 'programme.id', 'cohort.programme_id')
    .leftJoin('partnership', 'partnership.id', 'programme.partnership_id')
    .select((eb) => [
      'round.id',
      'round.name',
      'round.status',
      'round.closes_on as closesOn',
      'round.instrument_version_id as instrumentVersionId',
      'cohort.id as cohortId',
      'cohort.name as cohortName',
      'programme.name as programmeName',
      'partnership.name as partnershipName',
      'cohort.trainer_sees_schools as trainerSeesSchools',
      isPulse(db)(eb).as('isPulse'),
      eb
        .selectFrom('aspect')
        .select((aspect) => aspect.fn.countAll<number>().as('count'))
        .whereRef('aspect.instrument_version_id', '=', 'round.instrument_version_id')
        .where((aspect) => aspect.or([aspect.not(isPulse(db)(eb)), isAskedIn(db)(aspect)]))
        .$asScalar()
        .$notNull()
        .as('aspects'),
    ])
    .where('round.id', '=', id)
    .executeTakeFirst();
  if (!round) return undefined;
  const { instrumentVersionId, ...facts } = round;
  const roles = await rolesAsked(db, { instrumentVersionId });
  const asks = { asksTeachers: roles.has('teacher'), asksDirector: roles.has('director') };
  const isTogether = await asksTogether(db, { roundId: id, instrumentVersionId });
  return { ...facts, ...asks, isTogether, trainer: await findTrainer(db, facts.cohortId, id) };
}

/** One form that somebody is asked to fill in; of other raters it holds a number only. */
export type FormFacts = {
  invitationId: string;
  generation: number;
  tokenHash: string;
  personId: string;
  role: Role;
  rateeName: string | null;
  schoolName: string;
  mode: Mode;
  /** How many teachers are asked at this school about this IB'er. */
  teachers: number;
  roundId: string;
  withdrawnAt: string | null;
  submittedAt: string | null;
};

function forms(db: Db) {
  return db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('person as ratee', 'ratee.id', 'series.ratee_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select((eb) => [
      'invitation.id as invitationId',
      'invitation.generation',
      'invitation.token_hash as tokenHash',
      'invitation.person_id as personId',
      'invitation.role',
      'ratee.name as rateeName',
      'school.name as schoolName',
      'school_round.mode',
      eb
        .selectFrom('invitation as other')
        .select((other) => other.fn.countAll<number>().as('count'))
        .whereRef('other.school_round_id', '=', 'school_round.id')
        .where('other.role', '=', 'teacher')
        .where('other.withdrawn_at', 'is', null)
        .$asScalar()
        .$notNull()
        .as('teachers'),
      'school_round.round_id as roundId',
      'invitation.withdrawn_at as withdrawnAt',
      'response.submitted_at as submittedAt',
    ]);
}

/** The school and the cohort that an IB'er takes part in. */
export type SeriesFacts = Asker & { schoolName: string; rateeId: string };

export async function findSeries(db: Db, id: string): Promise<SeriesFacts | undefined> {
  const series = await db
    .selectFrom('series')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('cohort', 'cohort.id', 'series.cohort_id')
    .select(['school.name as schoolName', 'cohort.id as cohortId', 'cohort.name as cohortName'])
    .select('series.ratee_id as rateeId')
    .where('series.id', '=', id)
    .executeTakeFirst();
  return series && { ...series, trainer: await findTrainer(db, series.cohortId, null) };
}

/** The forms of one person in a round that wait to be submitted, by school; none whose link its rater ended. */
export function listOpenForms(db: Db, roundId: string, personId: string): Promise<FormFacts[]> {
  return forms(db)
    .where('school_round.round_id', '=', roundId)
    .where('invitation.person_id', '=', personId)
    .where('invitation.withdrawn_at', 'is', null)
    .where('invitation.link_ended_at', 'is', null)
    .where('response.submitted_at', 'is', null)
    .orderBy('school.name')
    .orderBy('ratee.name')
    .execute();
}

export function findForm(db: Db, invitationId: string): Promise<FormFacts | undefined> {
  return forms(db).where('invitation.id', '=', invitationId).executeTakeFirst();
}

/** Whether other mail that says the same and more is still to go to this person: an invitation, or a later reminder. */
export async function waitsForMoreThan(
  db: Db,
  mail: { id: string; createdAt: string; personId: string; roundId: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('mail')
    .select('id')
    .where('person_id', '=', mail.personId)
    .where('round_id', '=', mail.roundId)
    .where('status', '=', 'waiting')
    .where('id', '!=', mail.id)
    .where((eb) =>
      eb.or([
        eb('template', '=', 'invitation'),
        eb.and([eb('template', '=', 'reminder'), eb('created_at', '>', mail.createdAt)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether this person asked for no reminders of the round, also after one was asked for. */
export async function wantsNoReminders(db: Db, { personId, roundId }: { personId: string; roundId: string }) {
  const row = await db
    .selectFrom('reminder_stop')
    .select('person_id')
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether this account asked for a sign-in mail after this one. */
export async function askedAgain(db: Db, mail: { userId: string; createdAt: string }): Promise<boolean> {
  const row = await db
    .selectFrom('mail')
    .select('id')
    .where('user_id', '=', mail.userId)
    .where('template', '=', 'sign_in')
    .where('created_at', '>', mail.createdAt)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A school's report, for the mail that it can be read. */
export type ReleaseFacts = Asker & {
  rateeId: string;
  rateeName: string | null;
  schoolName: string;
  roundName: string;
  releasedAt: string | null;
  /** False where the list asks no director, who reads no report then. */
  asksDirector: boolean;
};

export async function findRelease(db: Db, schoolRoundId: string): Promise<ReleaseFacts | undefined> {
  const release = await db
    .selectFrom('school_round')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('person as ratee', 'ratee.id', 'series.ratee_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .select([
      'series.ratee_id as rateeId',
      'ratee.name as rateeName',
      'school.name as schoolName',
      'round.id as roundId',
      'round.name as roundName',
      'round.instrument_version_id as instrumentVersionId',
      'cohort.id as cohortId',
      'cohort.name as cohortName',
      'school_round.released_at as releasedAt',
    ])
    .where('school_round.id', '=', schoolRoundId)
    .executeTakeFirst();
  if (!release) return undefined;
  const { instrumentVersionId, ...facts } = release;
  const asksDirector = (await rolesAsked(db, { instrumentVersionId })).has('director');
  return { ...facts, asksDirector, trainer: await findTrainer(db, facts.cohortId, facts.roundId) };
}

/** How far a round is, in numbers. */
export type RoundTotals = { schools: number; invited: number; submitted: number };

export async function totalsOf(db: Db, roundId: string): Promise<RoundTotals> {
  return db
    .selectFrom('school_round')
    .leftJoin('invitation', (join) =>
      join.onRef('invitation.school_round_id', '=', 'school_round.id').on('invitation.withdrawn_at', 'is', null),
    )
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select((eb) => [
      eb.fn.count<number>('school_round.id').distinct().as('schools'),
      eb.fn.count<number>('invitation.id').as('invited'),
      eb.fn.count<number>('response.submitted_at').as('submitted'),
    ])
    .where('school_round.round_id', '=', roundId)
    .executeTakeFirstOrThrow();
}

/** Mail of a round that could not be sent to somebody who is still asked: a trainer has to look at it. */
export async function countFailed(db: Db, roundId: string): Promise<number> {
  const { failed } = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('failed'))
    .where('round_id', '=', roundId)
    .where('status', '=', 'failed')
    .where(isToSomebodyAsked(db))
    .executeTakeFirstOrThrow();
  return failed;
}

/** An assignment on which somebody has feedback, for the mail that says so. */
export type FeedbackFacts = Asker & { assignmentId: string; personId: string; title: string };

export async function findHandIn(db: Db, id: string): Promise<FeedbackFacts | undefined> {
  const work = await db
    .selectFrom('hand_in')
    .innerJoin('assignment', 'assignment.id', 'hand_in.assignment_id')
    .innerJoin('cohort', 'cohort.id', 'assignment.cohort_id')
    .select(['assignment.id as assignmentId', 'assignment.title', 'hand_in.person_id as personId'])
    .select(['cohort.id as cohortId', 'cohort.name as cohortName'])
    .where('hand_in.id', '=', id)
    .where('hand_in.feedback', 'is not', null)
    .executeTakeFirst();
  return work && { ...work, trainer: await findTrainer(db, work.cohortId, null) };
}
