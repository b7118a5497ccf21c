import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { DB, Mail } from '#lib/server/db/schema.ts';

/** Whose data: a person in teams, an account, or both. */
export type Whose = { personId: string | null; userId: string | null };

type Language = 'nl' | 'en';
export type PersonRow = {
  id: string;
  name: string | null;
  email: string | null;
  language: Language;
  createdAt: string;
};
export type AccountRow = { id: string; name: string; email: string; language: Language; createdAt: string };

export function findPerson(db: Db, id: string): Promise<PersonRow | undefined> {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'language', 'created_at as createdAt'])
    .where('id', '=', id)
    .executeTakeFirst();
}

export function findAccount(db: Db, id: string): Promise<AccountRow | undefined> {
  return db
    .selectFrom('user')
    .select(['id', 'name', 'email', 'language', 'created_at as createdAt'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The person and the account with an address, in small letters; both null when nobody has it. */
export async function findByAddress(db: Db, email: string): Promise<Whose> {
  const person = await db.selectFrom('person').select(['id', 'user_id']).where('email', '=', email).executeTakeFirst();
  const user = await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst();
  return { personId: person?.id ?? null, userId: user?.id ?? person?.user_id ?? null };
}

export async function personOfInvitation(
  db: Db,
  responseId: number,
): Promise<{ personId: string; invitationId: string }> {
  return db
    .selectFrom('response')
    .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
    .select(['invitation.person_id as personId', 'invitation.id as invitationId'])
    .where('response.id', '=', responseId)
    .executeTakeFirstOrThrow();
}

export type PlaceRow = { cohort: string; school: string; role: Role; joinedAt: string; leftAt: string | null };

export function listPlaces(db: Db, personId: string): Promise<PlaceRow[]> {
  return db
    .selectFrom('team_member')
    .innerJoin('series', 'series.id', 'team_member.series_id')
    .innerJoin('cohort', 'cohort.id', 'series.cohort_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .select(['cohort.name as cohort', 'school.name as school', 'team_member.role'])
    .select(['team_member.joined_at as joinedAt', 'team_member.left_at as leftAt'])
    .where('team_member.person_id', '=', personId)
    .orderBy('team_member.joined_at')
    .orderBy('team_member.id')
    .execute();
}

export type FormRow = {
  cohort: string;
  school: string;
  round: string;
  role: Role;
  about: string | null;
  invitedAt: string;
  withdrawnAt: string | null;
  responseId: number | null;
  roundId: string;
  instrumentVersionId: string | null;
  startedAt: string | null;
  submittedAt: string | null;
  consent: number | null;
  /** Asked for no reminders of the round. */
  remindersStoppedAt: string | null;
  /** Ended the own link for good. */
  linkEndedAt: string | null;
};

/** The forms that somebody was asked to fill in. @param invitationId only this one */
export function listForms(db: Db, personId: string, invitationId?: string): Promise<FormRow[]> {
  return db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('person as ratee', 'ratee.id', 'series.ratee_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .leftJoin('reminder_stop', (join) =>
      join
        .onRef('reminder_stop.round_id', '=', 'round.id')
        .onRef('reminder_stop.person_id', '=', 'invitation.person_id'),
    )
    .select([
      'cohort.name as cohort',
      'school.name as school',
      'round.name as round',
      'invitation.role',
      'ratee.name as about',
      'invitation.created_at as invitedAt',
      'invitation.withdrawn_at as withdrawnAt',
      'response.id as responseId',
      'round.id as roundId',
      'response.instrument_version_id as instrumentVersionId',
      'response.started_at as startedAt',
      'response.submitted_at as submittedAt',
      'response.consent',
      'reminder_stop.stopped_at as remindersStoppedAt',
      'invitation.link_ended_at as linkEndedAt',
    ])
    .where('invitation.person_id', '=', personId)
    .$if(invitationId !== undefined, (query) => query.where('invitation.id', '=', invitationId ?? ''))
    .orderBy('invitation.created_at')
    .orderBy('invitation.id')
    .execute();
}

export type MailRow = {
  kind: Mail['template'];
  askedAt: string;
  status: Mail['status'];
  sentAt: string | null;
};

/** Mail to somebody, and what went to the address before anybody was known by it (a registration). */
export function listMails(db: Db, { personId, userId }: Whose, email: string | null): Promise<MailRow[]> {
  return db
    .selectFrom('mail')
    .select(['template as kind', 'created_at as askedAt', 'status', 'sent_at as sentAt'])
    .where((eb) =>
      eb.or([
        ...[eb('person_id', '=', personId ?? ''), eb('user_id', '=', userId ?? '')],
        eb('address', '=', email ?? ''),
      ]),
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export type RoleRow = { role: 'admin' | 'trainer' | 'steering'; of: string | null; since: string };

export function listRoles(db: Db, userId: string): Promise<RoleRow[]> {
  return db
    .selectFrom('role_grant')
    .leftJoin('cohort', 'cohort.id', 'role_grant.cohort_id')
    .leftJoin('programme', 'programme.id', 'role_grant.programme_id')
    .select(['role_grant.role', 'role_grant.created_at as since'])
    .select((eb) => eb.fn.coalesce('cohort.name', 'programme.name').as('of'))
    .where('role_grant.user_id', '=', userId)
    .orderBy('role_grant.created_at')
    .orderBy('role_grant.id')
    .execute();
}

export type SessionRow = { since: string; until: string; browser: string | null };

export function listSessions(db: Db, userId: string): Promise<SessionRow[]> {
  return db
    .selectFrom('session')
    .select(['created_at as since', 'expires_at as until', 'user_agent as browser'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export type ConfirmationRow = { cohort: string; school: string; round: string; at: string };

/** The reports of which somebody confirmed what they are for. */
export function listConfirmations(db: Db, personId: string): Promise<ConfirmationRow[]> {
  return db
    .selectFrom('report_confirmation')
    .innerJoin('school_round', 'school_round.id', 'report_confirmation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .select(['cohort.name as cohort', 'school.name as school', 'round.name as round'])
    .select('report_confirmation.confirmed_at as at')
    .where('report_confirmation.person_id', '=', personId)
    .orderBy('report_confirmation.confirmed_at')
    .execute();
}

/** `by`: what kind of actor did it (`AuditActor`), not who. */
export type LogRow = { at: string; action: string; byYou: boolean; by: string };

/**
 * Which lines of the log are somebody's: by this account, about this person or account or an invitation of theirs, and those
 * that name the person or account beside what they are about.
 */
export function isInLogOf(
  db: Db,
  { personId, userId }: Whose,
): (eb: ExpressionBuilder<DB, 'audit_event'>) => Expression<SqlBool> {
  const ids = [personId, userId].filter((id) => id !== null);
  const invitations = db
    .selectFrom('invitation')
    .select('id')
    .where('person_id', '=', personId ?? '');
  return (eb) =>
    eb.or([
      eb('actor_user_id', '=', userId ?? ''),
      eb('object_id', 'in', ids),
      eb('object_id', 'in', invitations),
      ...ids.map((id) => eb('detail', 'like', `%"${id}"%`)),
    ]);
}

/** Those lines, oldest first; who else did it is not theirs to know. */
export async function listLog(db: Db, whose: Whose): Promise<LogRow[]> {
  const { userId } = whose;
  const rows = await db
    .selectFrom('audit_event')
    .select(['at', 'action', 'actor_user_id as userId', 'actor as by'])
    .where(isInLogOf(db, whose))
    .orderBy('id')
    .execute();
  return rows.map(({ at, action, by, userId: who }) => ({ at, action, byYou: who !== null && who === userId, by }));
}

export type ProgrammeNoteRow = {
  programme: string;
  kind: 'decision' | 'comment';
  text: string;
  createdAt: string;
  changedAt: string;
};

/** What an account wrote on the pages of its programmes, oldest first. */
export function listProgrammeNotes(db: Db, userId: string): Promise<ProgrammeNoteRow[]> {
  return db
    .selectFrom('programme_note')
    .innerJoin('programme', 'programme.id', 'programme_note.programme_id')
    .select(['programme.name as programme', 'programme_note.kind', 'programme_note.text'])
    .select(['programme_note.created_at as createdAt', 'programme_note.changed_at as changedAt'])
    .where('programme_note.author_user_id', '=', userId)
    .orderBy('programme_note.created_at')
    .execute();
}
