import type { Db } from '#lib/server/db/open.ts';
import { INVITING } from './asking.ts';

/** Forms that stand again: of a round that opens once more, or about an IB'er who comes back. */
export type Scope = { roundId: string } | { seriesId: string };

export type AskingMail = {
  id: string;
  personId: string;
  roundId: string;
  template: (typeof INVITING)[number];
  about: string;
  status: 'waiting' | 'dropped';
  /** A form of the person in that round that stands and is not submitted. */
  invitationId: string;
};

/**
 * Mails that ask for a form in an open round (or a closed one) and wait or were dropped, once for each form that waits,
 * newest first. Not failures that were made up for: those keep their fault.
 */
export function listAsking(db: Db, scope: Scope, status: 'open' | 'closed' = 'open'): Promise<AskingMail[]> {
  const asking = db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('mail', (join) =>
      join.onRef('mail.round_id', '=', 'round.id').onRef('mail.person_id', '=', 'invitation.person_id'),
    )
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select(['mail.id', 'invitation.person_id as personId', 'round.id as roundId', 'mail.template', 'mail.about'])
    .select(['mail.status', 'invitation.id as invitationId'])
    .$narrowType<Pick<AskingMail, 'template' | 'status'>>()
    .where('round.status', '=', status)
    .where('series.left_at', 'is', null)
    .where('invitation.withdrawn_at', 'is', null)
    .where('response.submitted_at', 'is', null)
    .where('mail.template', 'in', INVITING)
    .where('mail.status', 'in', ['waiting', 'dropped'])
    .where((eb) => eb.or([eb('mail.status', '=', 'waiting'), eb('mail.fault', 'is', null)]))
    .orderBy('mail.created_at', 'desc')
    .orderBy('mail.id', 'desc');
  return 'roundId' in scope
    ? asking.where('round.id', '=', scope.roundId).execute()
    : asking.where('school_round.series_id', '=', scope.seriesId).execute();
}

/** Lets a mail that was dropped wait again, as new. */
export async function retryDropped(db: Db, id: string, at: string): Promise<void> {
  await db
    .updateTable('mail')
    .set({ status: 'waiting', attempts: 0, due_at: at, claimed_until: null, fault: null, sent_at: null })
    .where('id', '=', id)
    .where('status', '=', 'dropped')
    .execute();
}
