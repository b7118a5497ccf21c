import type { SqlBool } from 'kysely';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import { precompiled } from '#lib/server/db/precompile.ts';
import { isPulse } from '#lib/server/instruments/asked-service.ts';

type NewResponse = {
  publicId: string;
  invitationId: string;
  instrumentVersionId: string;
  pageSeed: number;
  startedAt: string;
};

export async function insertResponse(db: Db, response: NewResponse): Promise<void> {
  await db
    .insertInto('response')
    .values({
      public_id: response.publicId,
      invitation_id: response.invitationId,
      instrument_version_id: response.instrumentVersionId,
      consent: null,
      page_seed: response.pageSeed,
      status: 'started',
      started_at: response.startedAt,
      submitted_at: null,
    })
    .execute();
}

export async function insertSession(
  db: Db,
  session: { tokenHash: string; publicId: string; createdAt: string; expiresAt: string },
): Promise<void> {
  await db
    .insertInto('rater_session')
    .columns(['token_hash', 'response_id', 'created_at', 'expires_at'])
    .expression((eb) =>
      eb
        .selectFrom('response')
        .select((row) => [
          row.val(session.tokenHash).as('token_hash'),
          'response.id as response_id',
          row.val(session.createdAt).as('created_at'),
          row.val(session.expiresAt).as('expires_at'),
        ])
        .where('response.public_id', '=', session.publicId),
    )
    .execute();
}

export async function deleteSession(db: Db, tokenHash: string): Promise<void> {
  await db.deleteFrom('rater_session').where('token_hash', '=', tokenHash).execute();
}

export async function deleteSessions(db: Db, responseId: number): Promise<void> {
  await db.deleteFrom('rater_session').where('response_id', '=', responseId).execute();
}

export async function deleteSessionsBeside(db: Db, responseId: number, kept: string): Promise<void> {
  await db.deleteFrom('rater_session').where('response_id', '=', responseId).where('token_hash', '!=', kept).execute();
}

/** Everything that decides what a rater may do with a form, in one row. */
export type FormRow = {
  responseId: number;
  publicId: string;
  role: Role;
  status: 'started' | 'submitted';
  submittedAt: string | null;
  consent: number | null;
  /** A yes was taken back after it was sent. */
  consentIsFinal: number;
  pageSeed: number;
  instrumentVersionId: string;
  mode: 'protected' | 'open';
  schoolRoundId: string;
  roundId: string;
  roundName: string;
  roundNumber: number;
  roundStatus: 'planned' | 'open' | 'closed';
  isPulse: SqlBool;
  trainerSeesSchools: number;
  raterName: string | null;
  rateeName: string | null;
  schoolName: string;
  cohortName: string;
};

/** Precompiled: every request of a rater runs it. */
const formOfSession = precompiled<{ publicId: string; tokenHash: string; now: string }, FormRow>((db, value) =>
  db
    .selectFrom('rater_session')
    .innerJoin('response', 'response.id', 'rater_session.response_id')
    .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('cohort', 'cohort.id', 'series.cohort_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('person as rater', 'rater.id', 'invitation.person_id')
    .innerJoin('person as ratee', 'ratee.id', 'series.ratee_id')
    .select((eb) => [
      'response.id as responseId',
      'response.public_id as publicId',
      'invitation.role',
      'response.status',
      'response.submitted_at as submittedAt',
      'response.consent',
      'response.consent_is_final as consentIsFinal',
      'response.page_seed as pageSeed',
      'response.instrument_version_id as instrumentVersionId',
      'school_round.mode',
      'school_round.id as schoolRoundId',
      'round.id as roundId',
      'round.name as roundName',
      'round.number as roundNumber',
      'round.status as roundStatus',
      isPulse(db)(eb).as('isPulse'),
      'cohort.trainer_sees_schools as trainerSeesSchools',
      'rater.name as raterName',
      'ratee.name as rateeName',
      'school.name as schoolName',
      'cohort.name as cohortName',
    ])
    .where('rater_session.token_hash', '=', value('tokenHash'))
    .where('rater_session.expires_at', '>', value('now'))
    .where('response.public_id', '=', value('publicId'))
    .where('invitation.withdrawn_at', 'is', null),
);

/** The form of this session; undefined when the session ended, or the invitation was withdrawn. */
export async function findForm(db: Db, publicId: string, tokenHash: string, now: string): Promise<FormRow | undefined> {
  const [form] = await formOfSession(db, { publicId, tokenHash, now });
  return form;
}

export async function setConsent(db: Db, responseId: number, consent: boolean): Promise<void> {
  await db
    .updateTable('response')
    .set({ consent: consent ? 1 : 0 })
    .where('id', '=', responseId)
    .execute();
}

/** Takes a yes back for good. */
export async function takeConsentBack(db: Db, responseId: number): Promise<void> {
  await db.updateTable('response').set({ consent: 0, consent_is_final: 1 }).where('id', '=', responseId).execute();
}

export async function isConsentFinal(db: Db, responseId: number): Promise<boolean> {
  const row = await db
    .selectFrom('response')
    .select('id')
    .where('id', '=', responseId)
    .where('consent_is_final', '=', 1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function invitationOf(db: Db, responseId: number): Promise<string> {
  const { id } = await db
    .selectFrom('response')
    .select('invitation_id as id')
    .where('id', '=', responseId)
    .executeTakeFirstOrThrow();
  return id;
}

/** Who is asked in a school round. */
export function listAsked(db: Db, schoolRoundId: string): Promise<{ role: Role; name: string | null }[]> {
  return db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .select(['invitation.role', 'person.name'])
    .where('invitation.school_round_id', '=', schoolRoundId)
    .where('invitation.withdrawn_at', 'is', null)
    .execute();
}

/** Whether the form has at least one answer that counts (form/answer.ts, `countsAs`). */
export async function hasAnswer(db: Db, responseId: number): Promise<boolean> {
  const row = await db
    .selectFrom('answer')
    .select('aspect_id')
    .where('response_id', '=', responseId)
    .where((eb) => eb.or([eb('score', 'is not', null), eb('cannot_judge', '=', 1), eb('unclear', '=', 1)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function markSubmitted(db: Db, responseId: number, at: string): Promise<void> {
  await db
    .updateTable('response')
    .set({ status: 'submitted', submitted_at: at })
    .where('id', '=', responseId)
    .where('status', '=', 'started')
    .execute();
}

/** The two states that decide whether a response may still change; undefined when the invitation was withdrawn. */
export function findStatus(db: Db, responseId: number): Promise<Pick<FormRow, 'status' | 'roundStatus'> | undefined> {
  return db
    .selectFrom('response')
    .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .select(['response.status', 'round.status as roundStatus'])
    .where('response.id', '=', responseId)
    .where('invitation.withdrawn_at', 'is', null)
    .executeTakeFirst();
}

/** Makes a submitted form one that was begun. */
export async function markStarted(db: Db, responseId: number): Promise<void> {
  await db
    .updateTable('response')
    .set({ status: 'started', submitted_at: null })
    .where('id', '=', responseId)
    .where('status', '=', 'submitted')
    .execute();
}

/** Whether a trainer has opened the form again after it was submitted: the log knows. */
export async function wasReopened(db: Db, responseId: number): Promise<boolean> {
  const row = await db
    .selectFrom('response')
    .innerJoin('audit_event', 'audit_event.object_id', 'response.invitation_id')
    .select('audit_event.id')
    .where('response.id', '=', responseId)
    .where('audit_event.object_type', '=', 'invitation')
    .where('audit_event.action', '=', 'response.reopened')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether its rater's address changed after the form was submitted (`membership.readdress` writes it down): the log knows. */
export async function wasReaddressed(db: Db, responseId: number): Promise<boolean> {
  const row = await db
    .selectFrom('response')
    .innerJoin('audit_event', 'audit_event.object_id', 'response.invitation_id')
    .select('audit_event.id')
    .where('response.id', '=', responseId)
    .where('audit_event.object_type', '=', 'invitation')
    .where('audit_event.action', '=', 'invitation.readdressed')
    .whereRef('audit_event.at', '>=', 'response.submitted_at')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whom to send a receipt, and about what; undefined without an address. */
export type ReceiptTarget = { invitationId: string; generation: number; personId: string; roundId: string };

export function findReceiptTarget(db: Db, responseId: number): Promise<ReceiptTarget | undefined> {
  return db
    .selectFrom('response')
    .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .select([
      'invitation.id as invitationId',
      'invitation.generation',
      'invitation.person_id as personId',
      'school_round.round_id as roundId',
    ])
    .where('response.id', '=', responseId)
    .where('person.email', 'is not', null)
    .executeTakeFirst();
}
