import type { ExpressionBuilder } from 'kysely';
import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { DB, Mail } from '#lib/server/db/schema.ts';
import { isToSomebodyAsked } from '#lib/server/mail/asked-queries.ts';
import { troubleCode } from '#lib/server/mail/trouble-queries.ts';
import type { TroubleCode } from '#lib/server/mail/trouble-service.ts';

/** How a round goes, counted by the database: a row a school. Nothing of what was answered. */

/** Of one role at one school: forms that are asked for, begun (submitted ones too) and submitted. */
export type RoleCount = { asked: number; begun: number; submitted: number };

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
  forms: Record<Role, RoleCount>;
  /** People whose form is not submitted and who have no address. */
  unreachable: number;
  /** People to whom a mail of this round failed. */
  failed: number;
};

const ROLES = ['director', 'ib', 'teacher'] as const;

export async function listSchoolLines(db: Db, roundId: string): Promise<SchoolLine[]> {
  const rows = await db
    .selectFrom('school_round')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('person as ratee', 'ratee.id', 'series.ratee_id')
    .leftJoin('invitation', (join) =>
      join.onRef('invitation.school_round_id', '=', 'school_round.id').on('invitation.withdrawn_at', 'is', null),
    )
    .leftJoin('person as rater', 'rater.id', 'invitation.person_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('mail')
          .select('mail.person_id')
          .where('mail.round_id', '=', roundId)
          .where('mail.status', '=', 'failed')
          .groupBy('mail.person_id')
          .as('failure'),
      (join) => join.onRef('failure.person_id', '=', 'invitation.person_id'),
    )
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
    .select((eb) =>
      ROLES.flatMap((role) => {
        const of = (column: 'invitation.id' | 'response.id' | 'response.submitted_at') =>
          eb.fn.count<number>(column).filterWhere('invitation.role', '=', role);
        return [
          of('invitation.id').as(`${role}Asked`),
          of('response.id').as(`${role}Begun`),
          of('response.submitted_at').as(`${role}Submitted`),
        ];
      }),
    )
    .select((eb) => [
      eb.fn
        .count<number>('invitation.id')
        .filterWhere('rater.email', 'is', null)
        .filterWhere('response.submitted_at', 'is', null)
        .as('unreachable'),
      eb.fn.count<number>('failure.person_id').as('failed'),
    ])
    .where('school_round.round_id', '=', roundId)
    .groupBy(['school_round.id', 'series.id', 'school.id', 'ratee.id'])
    .orderBy('school.name')
    .orderBy('ratee.name')
    .execute();
  return rows.map(({ directorAsked, directorBegun, directorSubmitted, ...row }) => {
    const { ibAsked, ibBegun, ibSubmitted, teacherAsked, teacherBegun, teacherSubmitted, ...line } = row;
    return {
      ...line,
      forms: {
        director: { asked: directorAsked, begun: directorBegun, submitted: directorSubmitted },
        ib: { asked: ibAsked, begun: ibBegun, submitted: ibSubmitted },
        teacher: { asked: teacherAsked, begun: teacherBegun, submitted: teacherSubmitted },
      },
    };
  });
}

/**
 * The mails of a round, by what became of them: of the failed ones those to somebody who is still asked, of the dropped ones
 * those that had nothing to say any more, and not what failed and was made up for.
 */
export type MailCounts = Record<Mail['status'], number>;

function mailsByStatus(db: Db, roundId: string) {
  return db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('count'))
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
  return toCounts(await mailsByStatus(db, roundId).select('mail.status as mail').execute());
}

/** So many forms that were begun in one hour and submitted in one, as the start of an ISO 8601 moment ("2026-03-02T08"). */
export type FormHours = { begun: string | null; submitted: string | null; count: number };

/**
 * How the forms of a round came in by hour, how its mails are, and what holds them up: in one statement.
 * @param moment what was to be tried again by then is no trouble any more
 * @returns `trouble` null when nothing is known to be wrong, or no mail of the round was asked for
 */
export async function tally(
  db: Db,
  roundId: string,
  moment: string,
): Promise<{ forms: FormHours[]; mails: MailCounts; trouble: TroubleCode | null }> {
  const hour = (eb: ExpressionBuilder<DB, 'response'>, column: 'response.started_at' | 'response.submitted_at') =>
    eb.fn<string | null>('substr', [column, eb.lit(1), eb.lit(13)]);
  const rows = await db
    .selectFrom('school_round')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .innerJoin('response', 'response.invitation_id', 'invitation.id')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      hour(eb, 'response.started_at').as('begun'),
      hour(eb, 'response.submitted_at').as('submitted'),
      eb.lit(null).$castTo<Mail['status'] | null>().as('mail'),
      eb.lit(null).$castTo<TroubleCode | null>().as('trouble'),
    ])
    .where('school_round.round_id', '=', roundId)
    .where('invitation.withdrawn_at', 'is', null)
    .groupBy(['begun', 'submitted'])
    .unionAll(
      mailsByStatus(db, roundId).select((eb) => [
        eb.lit(null).$castTo<string | null>().as('begun'),
        eb.lit(null).$castTo<string | null>().as('submitted'),
        'mail.status as mail',
        troubleCode(db, moment).as('trouble'),
      ]),
    )
    .execute();
  return {
    forms: rows.filter(({ mail }) => mail === null),
    mails: toCounts(rows),
    trouble: rows.find(({ trouble }) => trouble !== null)?.trouble ?? null,
  };
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
