import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';

/** A stored snapshot that holds something of somebody, and as what. */
type TouchedRow = { schoolRoundId: string; role: Role; mode: Mode; document: string; responseId: number };

/** The snapshots of rounds in which this person submitted a form that counts. */
export function listOfRater(db: Db, personId: string): Promise<TouchedRow[]> {
  return db
    .selectFrom('invitation')
    .innerJoin('response', 'response.invitation_id', 'invitation.id')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('snapshot', 'snapshot.school_round_id', 'school_round.id')
    .select([
      'school_round.id as schoolRoundId',
      'invitation.role',
      'school_round.mode',
      'snapshot.document',
      'response.id as responseId',
    ])
    .where('invitation.person_id', '=', personId)
    .where('invitation.withdrawn_at', 'is', null)
    .where('response.status', '=', 'submitted')
    .execute();
}

/** The snapshots about this IB'er. */
export function listOfRatee(db: Db, personId: string): Promise<{ schoolRoundId: string; document: string }[]> {
  return db
    .selectFrom('series')
    .innerJoin('school_round', 'school_round.series_id', 'series.id')
    .innerJoin('snapshot', 'snapshot.school_round_id', 'school_round.id')
    .select(['school_round.id as schoolRoundId', 'snapshot.document'])
    .where('series.ratee_id', '=', personId)
    .execute();
}

/** The snapshot of the school round that somebody was invited to. */
export function findOfInvitation(
  db: Db,
  invitationId: string,
): Promise<{ schoolRoundId: string; document: string } | undefined> {
  return db
    .selectFrom('invitation')
    .innerJoin('snapshot', 'snapshot.school_round_id', 'invitation.school_round_id')
    .select(['snapshot.school_round_id as schoolRoundId', 'snapshot.document'])
    .where('invitation.id', '=', invitationId)
    .executeTakeFirst();
}

/** The snapshots of some school rounds; a few at a time. */
export function listDocuments(
  db: Db,
  schoolRoundIds: readonly string[],
): Promise<{ schoolRoundId: string; document: string }[]> {
  return db
    .selectFrom('snapshot')
    .select(['school_round_id as schoolRoundId', 'document'])
    .where('school_round_id', 'in', schoolRoundIds)
    .execute();
}

/** The competencies in which a form has remarks, by code. */
export async function listRemarked(db: Db, responseId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('answer')
    .innerJoin('aspect', 'aspect.id', 'answer.aspect_id')
    .innerJoin('competency', 'competency.id', 'aspect.competency_id')
    .select('competency.code')
    .distinct()
    .where('answer.response_id', '=', responseId)
    .where('answer.comment', 'is not', null)
    .execute();
  return rows.map(({ code }) => code);
}

export async function setDocument(db: Db, schoolRoundId: string, document: string): Promise<void> {
  await db.updateTable('snapshot').set({ document }).where('school_round_id', '=', schoolRoundId).execute();
}
