import type { Db } from '#lib/server/db/open.ts';
import { isPulse } from '#lib/server/instruments/asked-service.ts';
import { isToSomebodyAsked } from '#lib/server/mail/asked-queries.ts';

/** What the trainer's first page has to know of all own cohorts: one query for the rounds, one for the people. */

/** A round of one of these cohorts that is planned or open, or has reports: to release, or released. */
export type RoundRow = {
  roundId: string;
  roundName: string;
  cohortId: string;
  cohortName: string;
  status: 'planned' | 'open' | 'closed';
  origin: 'app' | 'import';
  instrumentVersionId: string;
  isPulse: boolean;
  opensOn: string | null;
  closesOn: string | null;
  openedAt: string | null;
  closedAt: string | null;
  withoutDirector: number;
  invited: number;
  submitted: number;
  unreleased: number;
  released: number;
  schools: number;
  failedMails: number;
  waitingMails: number;
};

export async function listRounds(db: Db, cohortIds: readonly string[]): Promise<RoundRow[]> {
  if (cohortIds.length === 0) return [];
  const rows = await db
    .selectFrom('round')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .select([
      'round.id as roundId',
      'round.name as roundName',
      'cohort.id as cohortId',
      'cohort.name as cohortName',
      'round.status',
      'round.origin',
      'round.instrument_version_id as instrumentVersionId',
      'round.opens_on as opensOn',
      'round.closes_on as closesOn',
      'round.opened_at as openedAt',
      'round.closed_at as closedAt',
    ])
    .select((eb) => [
      isPulse(db)(eb).as('pulse'),
      eb
        .selectFrom('school_round')
        .select((row) => row.fn.countAll<number>().as('count'))
        .whereRef('school_round.round_id', '=', 'round.id')
        .where((row) =>
          row.not(
            row.exists(
              row
                .selectFrom('team_member')
                .select('team_member.id')
                .whereRef('team_member.series_id', '=', 'school_round.series_id')
                .where('team_member.role', '=', 'director')
                .where('team_member.left_at', 'is', null),
            ),
          ),
        )
        .$asScalar()
        .$notNull()
        .as('withoutDirector'),
      eb
        .selectFrom('school_round')
        .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
        .select((row) => row.fn.countAll<number>().as('count'))
        .whereRef('school_round.round_id', '=', 'round.id')
        .where('invitation.withdrawn_at', 'is', null)
        .$asScalar()
        .$notNull()
        .as('invited'),
      eb
        .selectFrom('school_round')
        .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
        .innerJoin('response', 'response.invitation_id', 'invitation.id')
        .select((row) => row.fn.countAll<number>().as('count'))
        .whereRef('school_round.round_id', '=', 'round.id')
        .where('invitation.withdrawn_at', 'is', null)
        .where('response.status', '=', 'submitted')
        .$asScalar()
        .$notNull()
        .as('submitted'),
      eb
        .selectFrom('school_round')
        .select((row) => row.fn.countAll<number>().as('count'))
        .whereRef('school_round.round_id', '=', 'round.id')
        .where('school_round.released_at', 'is', null)
        // Without the own form of the IB'er a report goes open only if she wants that: nothing that is due.
        .where((row) =>
          row.exists(
            row
              .selectFrom('invitation')
              .innerJoin('response', 'response.invitation_id', 'invitation.id')
              .select('invitation.id')
              .whereRef('invitation.school_round_id', '=', 'school_round.id')
              .where('invitation.withdrawn_at', 'is', null)
              .where('invitation.role', '=', 'ib')
              .where('response.status', '=', 'submitted'),
          ),
        )
        .$asScalar()
        .$notNull()
        .as('unreleased'),
      eb
        .selectFrom('school_round')
        .select((row) => row.fn.countAll<number>().as('count'))
        .whereRef('school_round.round_id', '=', 'round.id')
        .where('school_round.released_at', 'is not', null)
        .$asScalar()
        .$notNull()
        .as('released'),
      eb
        .selectFrom('school_round')
        .innerJoin('series', 'series.id', 'school_round.series_id')
        .select((row) => row.fn.count<number>('series.school_id').distinct().as('count'))
        .whereRef('school_round.round_id', '=', 'round.id')
        .$asScalar()
        .$notNull()
        .as('schools'),
      eb
        .selectFrom('mail')
        .select((row) => row.fn.countAll<number>().as('count'))
        .whereRef('mail.round_id', '=', 'round.id')
        .where('mail.status', '=', 'failed')
        .where(isToSomebodyAsked(db))
        .$asScalar()
        .$notNull()
        .as('failedMails'),
      eb
        .selectFrom('mail')
        .select((row) => row.fn.countAll<number>().as('count'))
        .whereRef('mail.round_id', '=', 'round.id')
        .where('mail.status', '=', 'waiting')
        .$asScalar()
        .$notNull()
        .as('waitingMails'),
    ])
    .where('round.cohort_id', 'in', cohortIds)
    .execute();
  return rows
    .map(({ pulse, ...row }) => ({ ...row, isPulse: Boolean(pulse) }))
    .filter(({ status, unreleased, released }) => status !== 'closed' || unreleased > 0 || released > 0);
}

/** How many IB'ers of each of these cohorts have no address, of those who have not left. */
export async function listWithoutAddress(
  db: Db,
  cohortIds: readonly string[],
): Promise<{ cohortId: string; cohortName: string; withoutAddress: number }[]> {
  if (cohortIds.length === 0) return [];
  return (
    db
      .selectFrom('series')
      .innerJoin('cohort', 'cohort.id', 'series.cohort_id')
      .innerJoin('person', 'person.id', 'series.ratee_id')
      .select((eb) => [
        'cohort.id as cohortId',
        'cohort.name as cohortName',
        eb.fn.countAll<number>().as('withoutAddress'),
      ])
      .where('series.cohort_id', 'in', cohortIds)
      .where('series.left_at', 'is', null)
      .where('person.email', 'is', null)
      // Only where a round is run here: people of imported rounds have neither name nor address.
      .where('person.name', 'is not', null)
      .groupBy(['cohort.id', 'cohort.name'])
      .execute()
  );
}

/** The rounds that the plans of these cohorts have and that go on, by day. */
export async function listPlanned(
  db: Db,
  cohortIds: readonly string[],
): Promise<{ cohortId: string; cohortName: string; name: string; onDay: string }[]> {
  if (cohortIds.length === 0) return [];
  return db
    .selectFrom('planned_round')
    .innerJoin('cohort', 'cohort.id', 'planned_round.cohort_id')
    .select(['cohort.id as cohortId', 'cohort.name as cohortName', 'planned_round.name', 'on_day as onDay'])
    .where('cohort_id', 'in', cohortIds)
    .where('cancelled_at', 'is', null)
    .orderBy('on_day')
    .orderBy('planned_round.name')
    .execute();
}

/** The names of the whole rounds of these cohorts, planned, open or closed. */
export async function listWholeNames(
  db: Db,
  cohortIds: readonly string[],
): Promise<{ cohortId: string; name: string }[]> {
  if (cohortIds.length === 0) return [];
  const rows = await db
    .selectFrom('round')
    .select((eb) => ['round.cohort_id as cohortId', 'round.name', isPulse(db)(eb).as('pulse')])
    .where('round.cohort_id', 'in', cohortIds)
    .execute();
  return rows.filter(({ pulse }) => !pulse).map(({ cohortId, name }) => ({ cohortId, name }));
}
