import type { Db } from '#lib/server/db/open.ts';

/** What belongs to the reader of a report: the director's confirmation, the IB'er's own scale questions. */

/** Whether this person has confirmed what the report of a school round is for. */
export async function hasConfirmed(db: Db, schoolRoundId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('report_confirmation')
    .select('confirmed_at')
    .where('school_round_id', '=', schoolRoundId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}

/** @returns whether it is new: confirming twice is harmless */
export async function insertConfirmation(
  db: Db,
  confirmation: { schoolRoundId: string; personId: string; confirmedAt: string },
): Promise<boolean> {
  const inserted = await db
    .insertInto('report_confirmation')
    .values({
      school_round_id: confirmation.schoolRoundId,
      person_id: confirmation.personId,
      confirmed_at: confirmation.confirmedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('confirmed_at')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Whether a report was released once and taken back: the log knows. */
export async function wasTakenBack(db: Db, schoolRoundId: string): Promise<boolean> {
  const row = await db
    .selectFrom('audit_event')
    .select('id')
    .where('object_type', '=', 'school_round')
    .where('object_id', '=', schoolRoundId)
    .where('action', '=', 'round.release_withdrawn')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** An answer of the IB'er to a scale question, in any round of the series until `roundNumber`. */
type OwnScaleRow = {
  round: string;
  roundNumber: number;
  competency: string;
  moment: 'now' | 'then';
  value: number | null;
};

/** The scale questions that the IB'er of a series submitted, as asked of that very person. */
export function listOwnScales(
  db: Db,
  own: { seriesId: string; rateeId: string; roundNumber: number },
): Promise<OwnScaleRow[]> {
  return db
    .selectFrom('school_round')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .innerJoin('response', 'response.invitation_id', 'invitation.id')
    .innerJoin('scale_answer', 'scale_answer.response_id', 'response.id')
    .innerJoin('competency', 'competency.id', 'scale_answer.competency_id')
    .select([
      'round.name as round',
      'round.number as roundNumber',
      'competency.code as competency',
      'scale_answer.moment',
      'scale_answer.value',
    ])
    .where('school_round.series_id', '=', own.seriesId)
    .where('round.number', '<=', own.roundNumber)
    .where('invitation.person_id', '=', own.rateeId)
    .where('invitation.role', '=', 'ib')
    .where('invitation.withdrawn_at', 'is', null)
    .where('response.status', '=', 'submitted')
    .execute();
}
