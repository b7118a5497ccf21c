import type { ExpressionBuilder } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { DB } from '#lib/server/db/schema.ts';
import { ASKING, INVITING } from '#lib/server/mail/asking.ts';
import { inventedCohorts } from '#lib/server/mail/invented-queries.ts';

/** What reminding has to know, by hand and by the schedule: whose forms are open, and what they were mailed. */

/** A form that somebody was asked for in an open round. */
export type AskedForm = {
  roundId: string;
  schoolRoundId: string;
  schoolName: string;
  invitationId: string;
  personId: string;
  name: string | null;
  isSubmitted: boolean;
  /** The rater ended the link for good: no mail brings another. */
  isLinkEnded: boolean;
  hasAddress: boolean;
  closesOn: string | null;
  invitedAt: string;
  /** The last mail of any round that asked the person to fill in, sent or waiting; null when there was none. */
  mailedAt: string | null;
  /** The last reminder of this round to the person, sent or waiting; null when there was none. */
  remindedAt: string | null;
  /** The last mail with which the person was asked in this round failed: there is something wrong with the address. */
  isUnreachable: boolean;
  /** The person asked for no reminders of this round (invitations/quiet-service.ts). */
  isQuiet: boolean;
};

/** Every form of one round. */
export async function listForms(db: Db, roundId: string): Promise<AskedForm[]> {
  const rows = await askedForms(db).where('round.id', '=', roundId).execute();
  return rows.map(toAskedForm);
}

/**
 * What is not submitted in any round that reminds by the schedule; nothing of an invented cohort, and nothing of somebody
 * whose last reminder failed: the schedule would send one more every day until a trainer looks at it.
 */
export async function listScheduledForms(db: Db): Promise<AskedForm[]> {
  const rows = await askedForms(db)
    .select((eb) => lastStatus(eb, ASKING).as('last'))
    .where('round.reminds', '=', 1)
    .where('round.cohort_id', 'not in', inventedCohorts(db))
    .where('response.submitted_at', 'is', null)
    .execute();
  return rows.filter(({ last }) => last !== 'failed').map(({ last: _, ...row }) => toAskedForm(row));
}

type AskedRow = Omit<AskedForm, 'isSubmitted' | 'isLinkEnded' | 'hasAddress' | 'isUnreachable' | 'isQuiet'> & {
  submittedAt: string | null;
  linkEndedAt: string | null;
  email: string | null;
  asking: string | null;
  stoppedAt: string | null;
};

const toAskedForm = ({ submittedAt, linkEndedAt, email, asking, stoppedAt, ...row }: AskedRow): AskedForm => ({
  ...row,
  isSubmitted: submittedAt !== null,
  isLinkEnded: linkEndedAt !== null,
  hasAddress: email !== null,
  isUnreachable: asking === 'failed',
  isQuiet: stoppedAt !== null,
});

function askedForms(db: Db) {
  return db
    .selectFrom('round')
    .innerJoin('school_round', 'school_round.round_id', 'round.id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .leftJoin('reminder_stop', (join) =>
      join
        .onRef('reminder_stop.round_id', '=', 'school_round.round_id')
        .onRef('reminder_stop.person_id', '=', 'invitation.person_id'),
    )
    .select([
      'round.id as roundId',
      'school_round.id as schoolRoundId',
      'school.name as schoolName',
      'invitation.id as invitationId',
      'invitation.person_id as personId',
      'person.name',
      'person.email',
      'response.submitted_at as submittedAt',
      'invitation.link_ended_at as linkEndedAt',
      'round.closes_on as closesOn',
      'invitation.created_at as invitedAt',
      'reminder_stop.stopped_at as stoppedAt',
    ])
    .select((eb) => [
      lastMail(eb).as('mailedAt'),
      lastMail(eb).where('mail.template', '=', 'reminder').whereRef('mail.round_id', '=', 'round.id').as('remindedAt'),
      lastStatus(eb, INVITING).as('asking'),
    ])
    .where('round.status', '=', 'open')
    .where('invitation.withdrawn_at', 'is', null)
    .orderBy('person.name')
    .orderBy('school.name');
}

/** What became of the last of these mails to the person in the round. */
function lastStatus(eb: ExpressionBuilder<DB, 'person' | 'round'>, templates: readonly (typeof ASKING)[number][]) {
  return eb
    .selectFrom('mail')
    .select('mail.status')
    .whereRef('mail.person_id', '=', 'person.id')
    .whereRef('mail.round_id', '=', 'round.id')
    .where('mail.template', 'in', templates)
    .orderBy('mail.created_at', 'desc')
    .orderBy('mail.id', 'desc')
    .limit(1);
}

/** When the last mail that asked the person something went out, or was asked for as long as it waits. */
function lastMail(eb: ExpressionBuilder<DB, 'person' | 'round'>) {
  return eb
    .selectFrom('mail')
    .select((mail) => mail.fn.max(mail.fn.coalesce('mail.sent_at', 'mail.created_at')).as('at'))
    .whereRef('mail.person_id', '=', 'person.id')
    .where('mail.template', 'in', ASKING)
    .where('mail.status', 'in', ['waiting', 'sent']);
}
