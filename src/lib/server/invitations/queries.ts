import type { SqlBool } from 'kysely';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import { isPulse } from '#lib/server/instruments/asked-service.ts';

export type NewInvitation = {
  id: string;
  schoolRoundId: string;
  personId: string;
  role: Role;
  generation: number;
  tokenHash: string;
  createdAt: string;
};

/** So many rows in a statement that SQLite's limit of parameters is far. */
const CHUNK = 500;

export async function insertInvitations(db: Db, invitations: readonly NewInvitation[]): Promise<void> {
  const rows = invitations.map((invitation) => ({
    id: invitation.id,
    school_round_id: invitation.schoolRoundId,
    person_id: invitation.personId,
    role: invitation.role,
    generation: invitation.generation,
    token_hash: invitation.tokenHash,
    created_at: invitation.createdAt,
    withdrawn_at: null,
  }));
  for (let from = 0; from < rows.length; from += CHUNK) {
    await db
      .insertInto('invitation')
      .values(rows.slice(from, from + CHUNK))
      .execute();
  }
}

/** What the link page shows before anybody has entered: whose form it is, and whether it can be entered. */
export type LinkTarget = {
  invitationId: string;
  generation: number;
  role: Role;
  raterName: string | null;
  rateeName: string | null;
  schoolName: string;
  cohortName: string;
  roundId: string;
  roundName: string;
  roundNumber: number;
  roundStatus: 'planned' | 'open' | 'closed';
  isPulse: SqlBool;
  instrumentVersionId: string;
  responsePublicId: string | null;
  responseStatus: 'started' | 'submitted' | null;
  /** How many look-back questions were answered. */
  lookBacks: number;
};

export function findByTokenHash(db: Db, tokenHash: string): Promise<LinkTarget | undefined> {
  return db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('cohort', 'cohort.id', 'series.cohort_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('person as rater', 'rater.id', 'invitation.person_id')
    .innerJoin('person as ratee', 'ratee.id', 'series.ratee_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select((eb) => [
      'invitation.id as invitationId',
      'invitation.generation',
      'invitation.role',
      'rater.name as raterName',
      'ratee.name as rateeName',
      'school.name as schoolName',
      'cohort.name as cohortName',
      'round.id as roundId',
      'round.name as roundName',
      'round.number as roundNumber',
      'round.status as roundStatus',
      isPulse(db)(eb).as('isPulse'),
      'round.instrument_version_id as instrumentVersionId',
      'response.public_id as responsePublicId',
      'response.status as responseStatus',
      eb
        .selectFrom('scale_answer')
        .select((scale) => scale.fn.countAll<number>().as('count'))
        .whereRef('scale_answer.response_id', '=', 'response.id')
        .where('scale_answer.moment', '=', 'then')
        .$asScalar()
        .$notNull()
        .as('lookBacks'),
    ])
    .where('invitation.token_hash', '=', tokenHash)
    .where('invitation.withdrawn_at', 'is', null)
    .executeTakeFirst();
}

export type InvitationRow = {
  id: string;
  generation: number;
  schoolRoundId: string;
  seriesId: string;
  personId: string;
  role: Role;
  cohortId: string;
  roundId: string;
  roundStatus: 'planned' | 'open' | 'closed';
  /** When the rater ended the link for good (ISO 8601). */
  linkEndedAt: string | null;
  responseId: number | null;
  responseStatus: 'started' | 'submitted' | null;
  answers: number;
};

function invitations(db: Db) {
  return db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select((eb) => [
      'invitation.id',
      'invitation.generation',
      'invitation.school_round_id as schoolRoundId',
      'school_round.series_id as seriesId',
      'invitation.person_id as personId',
      'invitation.role',
      'round.cohort_id as cohortId',
      'round.id as roundId',
      'round.status as roundStatus',
      'invitation.link_ended_at as linkEndedAt',
      'response.id as responseId',
      'response.status as responseStatus',
      eb
        .selectFrom('answer')
        .select((answer) => answer.fn.countAll<number>().as('count'))
        .whereRef('answer.response_id', '=', 'response.id')
        .$asScalar()
        .$notNull()
        .as('answers'),
    ])
    .where('invitation.withdrawn_at', 'is', null);
}

/** An invitation that has not been withdrawn. */
export function findInvitation(db: Db, id: string): Promise<InvitationRow | undefined> {
  return invitations(db).where('invitation.id', '=', id).executeTakeFirst();
}

/** When a trainer last copied a link of this invitation, with what was written down of it; undefined when nobody did. */
export function findLastCopy(
  db: Db,
  of: { invitationId: string } | { responseId: number },
): Promise<{ at: string; detail: string; generation: number } | undefined> {
  const copies = db
    .selectFrom('invitation')
    .innerJoin('audit_event', 'audit_event.object_id', 'invitation.id')
    .select(['audit_event.at', 'audit_event.detail', 'invitation.generation'])
    .where('audit_event.object_type', '=', 'invitation')
    .where('audit_event.action', '=', 'invitation.link_copied')
    .orderBy('audit_event.id', 'desc')
    .limit(1);
  return 'invitationId' in of
    ? copies.where('invitation.id', '=', of.invitationId).executeTakeFirst()
    : copies
        .innerJoin('response', 'response.invitation_id', 'invitation.id')
        .where('response.id', '=', of.responseId)
        .executeTakeFirst();
}

/** Raises the generation of a response's link; `tokenHash` is that of no link, until the next one is written. */
export async function endLink(db: Db, responseId: number, tokenHash: string): Promise<void> {
  await db
    .updateTable('invitation')
    .set((eb) => ({ generation: eb('generation', '+', 1), token_hash: tokenHash }))
    .where('id', '=', (eb) => eb.selectFrom('response').select('invitation_id').where('response.id', '=', responseId))
    .execute();
}

/** Ends a response's link for good: as `endLink`, and known from then on as what its rater ended. */
export async function endLinkForGood(db: Db, responseId: number, tokenHash: string, at: string): Promise<void> {
  await endLink(db, responseId, tokenHash);
  await db
    .updateTable('invitation')
    .set({ link_ended_at: at })
    .where('id', '=', (eb) => eb.selectFrom('response').select('invitation_id').where('response.id', '=', responseId))
    .execute();
}

export async function setTokenHash(db: Db, id: string, tokenHash: string): Promise<void> {
  await db.updateTable('invitation').set({ token_hash: tokenHash }).where('id', '=', id).execute();
}
