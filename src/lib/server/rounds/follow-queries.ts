import { sql, type ExpressionBuilder } from 'kysely';
import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import { precompiled } from '#lib/server/db/precompile.ts';
import type { DB, Mail } from '#lib/server/db/schema.ts';
import { isToSomebodyAsked } from '#lib/server/mail/asked-queries.ts';
import { troubleCode } from '#lib/server/mail/trouble-queries.ts';
import type { TroubleCode } from '#lib/server/mail/trouble-service.ts';

/** How a round goes. Nothing of what was answered. */

export type SchoolLine = {
  schoolRoundId: string;
  seriesId: string;
  schoolName: string;
  rateeName: string | null;
  rateeErasedAt: string | null;
  mode: Mode;
  releasedAt: string | null;
  /** How many of the team are asked from now on. */
  directors: number;
  teachers: number;
};

const schoolLines = precompiled<{ roundId: string }, SchoolLine>((db, value) =>
  db
    .selectFrom('school_round')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('person as ratee', 'ratee.id', 'series.ratee_id')
    .select([
      'school_round.id as schoolRoundId',
      'series.id as seriesId',
      'school.name as schoolName',
      'ratee.name as rateeName',
      'ratee.erased_at as rateeErasedAt',
      'school_round.mode',
      'school_round.released_at as releasedAt',
    ])
    .select((eb) => {
      const team = (role: Role) =>
        eb
          .selectFrom('team_member')
          .select((member) => member.fn.countAll<number>().as('count'))
          .whereRef('team_member.series_id', '=', 'series.id')
          .where('team_member.left_at', 'is', null)
          .where('team_member.role', '=', role)
          .$asScalar()
          .$notNull();
      return [team('director').as('directors'), team('teacher').as('teachers')];
    })
    .where('school_round.round_id', '=', value('roundId'))
    .orderBy('school.name')
    .orderBy('ratee.name'),
);

export function listSchoolLines(db: Db, roundId: string): Promise<SchoolLine[]> {
  return schoolLines(db, { roundId });
}

/**
 * The mails of a round, by what became of them: of the failed ones those to somebody who is still asked, of the dropped ones
 * those that had nothing to say any more, and not what failed and was made up for.
 */
export type MailCounts = Record<Mail['status'], number>;

function mailsByStatus(db: Db, roundId: string) {
  return db
    .selectFrom('mail')
    .where('mail.round_id', '=', roundId)
    .where((eb) => eb.or([eb('mail.status', '!=', 'failed'), isToSomebodyAsked(db)(eb)]))
    .where((eb) => eb.or([eb('mail.status', '!=', 'dropped'), eb('mail.fault', 'is', null)]))
    .groupBy('mail.status');
}

function toCounts(rows: readonly { mail: Mail['status'] | null; count: number }[]): MailCounts {
  const counts: MailCounts = { waiting: 0, sent: 0, failed: 0, dropped: 0 };
  for (const { mail, count } of rows) if (mail !== null) counts[mail] = count;
  return counts;
}

export async function countMails(db: Db, roundId: string): Promise<MailCounts> {
  return toCounts(
    await mailsByStatus(db, roundId)
      .select((eb) => ['mail.status as mail', eb.fn.countAll<number>().as('count')])
      .execute(),
  );
}

/** One form that is asked for; hours are the start of an ISO 8601 moment ("2026-03-02T08"). */
export type FormRow = {
  schoolRoundId: string;
  role: Role;
  begun: string | null;
  submitted: string | null;
  hasAddress: 0 | 1;
  isMailFailed: 0 | 1;
};

/** The rows of forms and of counted mails, in one statement: each has the other's columns without a value. */
type TallyRow = { [Column in keyof FormRow]: FormRow[Column] | null } & {
  mail: Mail['status'] | null;
  count: number;
  trouble: TroubleCode | null;
};

const tallied = precompiled<{ roundId: string; moment: string }, TallyRow>((db, value) => {
  const hour = (eb: ExpressionBuilder<DB, 'response'>, column: 'response.started_at' | 'response.submitted_at') =>
    eb.fn<string | null>('substr', [column, eb.lit(1), eb.lit(13)]);
  const nothing = <Value>() => sql<Value | null>`null`;
  return db
    .selectFrom('school_round')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('mail')
          .select('mail.person_id')
          .where('mail.round_id', '=', value('roundId'))
          .where('mail.status', '=', 'failed')
          .groupBy('mail.person_id')
          .as('failure'),
      (join) => join.onRef('failure.person_id', '=', 'invitation.person_id'),
    )
    .select((eb) => [
      eb.ref('school_round.id').$castTo<string | null>().as('schoolRoundId'),
      eb.ref('invitation.role').$castTo<Role | null>().as('role'),
      hour(eb, 'response.started_at').as('begun'),
      hour(eb, 'response.submitted_at').as('submitted'),
      eb('person.email', 'is not', null).$castTo<0 | 1 | null>().as('hasAddress'),
      eb('failure.person_id', 'is not', null).$castTo<0 | 1 | null>().as('isMailFailed'),
      nothing<Mail['status']>().as('mail'),
      eb.lit(1).$castTo<number>().as('count'),
      nothing<TroubleCode>().as('trouble'),
    ])
    .where('school_round.round_id', '=', value('roundId'))
    .where('invitation.withdrawn_at', 'is', null)
    .unionAll(
      mailsByStatus(db, value('roundId')).select((eb) => [
        nothing<string>().as('schoolRoundId'),
        nothing<Role>().as('role'),
        nothing<string>().as('begun'),
        nothing<string>().as('submitted'),
        nothing<0 | 1>().as('hasAddress'),
        nothing<0 | 1>().as('isMailFailed'),
        eb.ref('mail.status').$castTo<Mail['status'] | null>().as('mail'),
        eb.fn.countAll<number>().as('count'),
        troubleCode(db, value('moment')).as('trouble'),
      ]),
    );
});

/**
 * The forms that are asked for in a round, how its mails are, and what holds them up: in one statement.
 * @param moment what was to be tried again by then is no trouble any more
 * @returns `trouble` null when nothing is known to be wrong, or no mail of the round was asked for
 */
export async function tally(db: Db, roundId: string, moment: string) {
  const rows = await tallied(db, { roundId, moment });
  return {
    forms: rows.filter(isForm),
    mails: toCounts(rows),
    trouble: rows.find(({ trouble }) => trouble !== null)?.trouble ?? null,
  };
}

function isForm(row: TallyRow): row is TallyRow & FormRow {
  return row.schoolRoundId !== null;
}

/** How many forms of a round were asked for, begun and submitted. */
export function countForms(db: Db, roundId: string): Promise<{ invited: number; begun: number; submitted: number }> {
  return db
    .selectFrom('school_round')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select((eb) => [
      eb.fn.count<number>('invitation.id').as('invited'),
      eb.fn.count<number>('response.id').as('begun'),
      eb.fn.count<number>('response.submitted_at').as('submitted'),
    ])
    .where('school_round.round_id', '=', roundId)
    .where('invitation.withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow();
}
