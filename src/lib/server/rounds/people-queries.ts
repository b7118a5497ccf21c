import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { Mail } from '#lib/server/db/schema.ts';

/** The people of one school in a round, and how far they are; nothing of what was answered. */

/** Somebody who is asked at a school. */
export type PersonRow = {
  invitationId: string;
  /** The place in the team, where the address is corrected; null for somebody who has left it. */
  memberId: string | null;
  role: Role;
  name: string | null;
  status: 'started' | 'submitted' | null;
  /** Begun, after a trainer opened it once more on request. */
  isReopened: boolean;
  /** The address changed after it was submitted: it opens no more (`responses.reopen`). */
  isReaddressed: boolean;
  hasAddress: boolean;
  /** Asked for no reminders of this round. */
  isQuiet: boolean;
  /** Mail of this round that failed, the last one first. */
  failures: { mailId: string; template: Mail['template']; fault: string }[];
  /** Mail of this round that was tried before and waits to go out once more. */
  again: Mail['template'][];
};

export async function listPeople(db: Db, roundId: string, schoolRoundId: string): Promise<PersonRow[]> {
  const rows = await db
    .selectFrom('school_round')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .leftJoin('team_member', (join) =>
      join
        .onRef('team_member.series_id', '=', 'school_round.series_id')
        .onRef('team_member.person_id', '=', 'invitation.person_id')
        .on('team_member.left_at', 'is', null),
    )
    .leftJoin('reminder_stop', (join) =>
      join
        .onRef('reminder_stop.round_id', '=', 'school_round.round_id')
        .onRef('reminder_stop.person_id', '=', 'invitation.person_id'),
    )
    .leftJoin('mail', (join) =>
      join
        .onRef('mail.person_id', '=', 'invitation.person_id')
        .onRef('mail.round_id', '=', 'school_round.round_id')
        .on((eb) =>
          eb.or([
            eb('mail.status', '=', 'failed'),
            // What was tried is due later than it was asked for.
            eb('mail.status', '=', 'waiting').and('mail.due_at', '>', eb.ref('mail.created_at')),
          ]),
        ),
    )
    .select((eb) => [
      'invitation.id as invitationId',
      'team_member.id as memberId',
      'invitation.role',
      'person.name',
      'person.email',
      'response.status',
      'reminder_stop.stopped_at as stoppedAt',
      'mail.id as mailId',
      'mail.template',
      'mail.fault',
      'mail.status as mailStatus',
      eb
        .selectFrom('audit_event')
        .select((event) => event.fn.max('audit_event.id').as('id'))
        .whereRef('audit_event.object_id', '=', 'invitation.id')
        .where('audit_event.object_type', '=', 'invitation')
        .where('audit_event.action', '=', 'response.reopened')
        .as('reopenedBy'),
      eb
        .selectFrom('audit_event')
        .select((event) => event.fn.max('audit_event.id').as('id'))
        .whereRef('audit_event.object_id', '=', 'invitation.id')
        .where('audit_event.object_type', '=', 'invitation')
        .where('audit_event.action', '=', 'invitation.readdressed')
        .whereRef('audit_event.at', '>=', 'response.submitted_at')
        .as('readdressedBy'),
    ])
    .where('school_round.id', '=', schoolRoundId)
    .where('school_round.round_id', '=', roundId)
    .where('invitation.withdrawn_at', 'is', null)
    .orderBy('person.name')
    .orderBy('invitation.id')
    .orderBy('mail.created_at', 'desc')
    .execute();
  const people = new Map<string, PersonRow>();
  for (const { email, mailId, mailStatus, template, fault, reopenedBy, readdressedBy, stoppedAt, ...row } of rows) {
    const isReopened = row.status === 'started' && reopenedBy !== null;
    const known = people.get(row.invitationId);
    const person = known ?? {
      ...row,
      isReopened,
      isReaddressed: readdressedBy !== null,
      hasAddress: email !== null,
      isQuiet: stoppedAt !== null,
      failures: [],
      again: [],
    };
    if (mailId !== null && template !== null) {
      if (mailStatus === 'failed') person.failures.push({ mailId, template, fault: fault ?? '' });
      else person.again.push(template);
    }
    people.set(row.invitationId, person);
  }
  return [...people.values()];
}

/** Somebody in the team of a school, who is asked once the round opens. */
export type TeamRow = { memberId: string; role: Role; name: string | null; hasAddress: boolean };

export async function listTeam(db: Db, schoolRoundId: string): Promise<TeamRow[]> {
  const rows = await db
    .selectFrom('school_round')
    .innerJoin('team_member', 'team_member.series_id', 'school_round.series_id')
    .innerJoin('person', 'person.id', 'team_member.person_id')
    .select(['team_member.id as memberId', 'team_member.role', 'person.name', 'person.email'])
    .where('school_round.id', '=', schoolRoundId)
    .where('team_member.left_at', 'is', null)
    .orderBy('person.name')
    .orderBy('team_member.id')
    .execute();
  return rows.map(({ email, ...row }) => ({ ...row, hasAddress: email !== null }));
}
