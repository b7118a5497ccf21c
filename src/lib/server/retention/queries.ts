import { dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import { USUAL_MONTHS, type Policy, type Standing } from './due-rule.ts';

/** A cohort with what was chosen for it and how far it is; `unitId` is that of its programme, or its own without one. */
export type Kept = {
  id: string;
  name: string;
  unitId: string;
  programme: string | null;
  partnership: string | null;
} & {
  policy: Policy;
  standing: Standing;
};

/** Cohorts that are kept for a time, by programme and name; the invented ones are nobody's. @param id only this one */
export async function listCohorts(db: Db, id?: string): Promise<Kept[]> {
  const invented = db.selectFrom('demonstration').select('object_id').where('kind', '=', 'cohort');
  const rows = await db
    .selectFrom('cohort')
    .leftJoin('programme', 'programme.id', 'cohort.programme_id')
    .leftJoin('partnership', 'partnership.id', 'programme.partnership_id')
    .leftJoin('retention', (join) =>
      join.onRef('retention.id', '=', (eb) => eb.fn.coalesce('cohort.programme_id', 'cohort.id')),
    )
    .leftJoin('retention_cohort', 'retention_cohort.cohort_id', 'cohort.id')
    .select((eb) => {
      const rounds = eb.selectFrom('round').whereRef('round.cohort_id', '=', 'cohort.id');
      const sessions = eb.selectFrom('training_session').whereRef('training_session.cohort_id', '=', 'cohort.id');
      const planned = rounds.where('round.status', '=', 'planned');
      return [
        'cohort.id',
        'cohort.name',
        'cohort.created_at as createdAt',
        'cohort.programme_id as programmeId',
        'programme.name as programme',
        'partnership.name as partnership',
        'retention.ends_on as endsOn',
        'retention.months',
        'retention.postponed_until as postponedUntil',
        'retention.answers',
        'retention_cohort.announced_on as announcedOn',
        'retention_cohort.announced_for as announcedFor',
        'retention_cohort.cleared_on as clearedOn',
        rounds.select((round) => round.fn.max('round.closed_at').as('at')).as('closedAt'),
        rounds
          .where('round.status', '=', 'open')
          .select((round) => round.fn.countAll<number>().as('count'))
          .as('open'),
        planned.select((round) => round.fn.max('round.opens_on').as('on')).as('opensOn'),
        planned.select((round) => round.fn.max('round.closes_on').as('on')).as('closesOn'),
        eb
          .selectFrom('team_member')
          .innerJoin('series', 'series.id', 'team_member.series_id')
          .whereRef('series.cohort_id', '=', 'cohort.id')
          .select((member) => member.fn.max('team_member.joined_at').as('at'))
          .as('joinedAt'),
        sessions
          .where('training_session.cancelled_at', 'is', null)
          .select((session) => session.fn.max('training_session.ends_at').as('at'))
          .as('sessionEndsAt'),
        sessions
          .innerJoin('usefulness_question', 'usefulness_question.session_id', 'training_session.id')
          .select((question) => question.fn.max('usefulness_question.asked_at').as('at'))
          .as('askedAt'),
        eb
          .selectFrom('assignment')
          .whereRef('assignment.cohort_id', '=', 'cohort.id')
          .where('assignment.cancelled_at', 'is', null)
          .select((assignment) => assignment.fn.max('assignment.due_on').as('on'))
          .as('assignmentDueOn'),
        eb
          .selectFrom('planned_round')
          .whereRef('planned_round.cohort_id', '=', 'cohort.id')
          .where('planned_round.cancelled_at', 'is', null)
          .select((round) => round.fn.max('planned_round.on_day').as('on'))
          .as('plannedOn'),
      ];
    })
    .where('cohort.id', 'not in', invented)
    .$if(id !== undefined, (query) => query.where('cohort.id', '=', id ?? ''))
    .orderBy('partnership.name')
    .orderBy('programme.name')
    .orderBy('cohort.name')
    .execute();
  return rows.map((row) => {
    const moments = [row.createdAt, row.joinedAt, row.closedAt, row.sessionEndsAt, row.askedAt];
    const days = [
      ...moments.filter((at) => at !== null).map((at) => dayOf(new Date(at))),
      ...[row.opensOn, row.closesOn, row.assignmentDueOn, row.plannedOn].filter((day) => day !== null),
    ];
    const { announcedOn, announcedFor } = row;
    return {
      ...{ id: row.id, name: row.name, unitId: row.programmeId ?? row.id },
      ...{ programme: row.programme, partnership: row.partnership },
      policy: {
        endsOn: row.endsOn,
        months: row.months ?? USUAL_MONTHS,
        postponedUntil: row.postponedUntil,
        answers: row.answers ?? 'kept',
      },
      standing: {
        lastOn: days.toSorted().at(-1) ?? '',
        hasOpenRound: (row.open ?? 0) > 0,
        announced: announcedOn === null || announcedFor === null ? null : { on: announcedOn, for: announcedFor },
        clearedOn: row.clearedOn,
      },
    };
  });
}

export async function setPolicy(db: Db, unit: { id: string; isProgramme: boolean }, policy: Policy): Promise<void> {
  const { endsOn, months, postponedUntil, answers } = policy;
  const row = { ends_on: endsOn, months, postponed_until: postponedUntil, answers };
  const owner = unit.isProgramme
    ? { programme_id: unit.id, cohort_id: null }
    : { programme_id: null, cohort_id: unit.id };
  await db
    .insertInto('retention')
    .values({ id: unit.id, ...owner, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** Notes that it was announced for this day; false when it was already, by another process too. */
export async function announce(db: Db, cohortId: string, announced: { on: string; for: string }): Promise<boolean> {
  const row = { announced_on: announced.on, announced_for: announced.for };
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('retention_cohort')
    .values({ cohort_id: cohortId, ...row, cleared_on: null })
    .onConflict((conflict) =>
      conflict
        .column('cohort_id')
        .doUpdateSet(row)
        .where((eb) =>
          eb.or([
            eb('retention_cohort.announced_for', 'is', null),
            eb('retention_cohort.announced_for', '!=', announced.for),
          ]),
        ),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The cohorts that a choice holds for, by the id of their programme, or the one of this id that has none. */
export async function listOfUnit(db: Db, id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cohort')
    .select('id')
    .where((eb) => eb(eb.fn.coalesce('programme_id', 'id'), '=', id))
    .execute();
  return rows.map((row) => row.id);
}

/** As if it had not been announced for any day: it is announced anew. */
export async function unannounce(db: Db, cohortIds: readonly string[]): Promise<void> {
  await db
    .updateTable('retention_cohort')
    .set({ announced_on: null, announced_for: null })
    .where('cohort_id', 'in', cohortIds)
    .execute();
}

/** What is cleared of a cohort, and when (yyyy-mm-dd). */
type Cleared = { on: string; answers: Policy['answers'] };

/** Notes that it is cleared, and with that takes the work; false when another process did, or the day changed. */
export async function clear(
  db: Db,
  cohortId: string,
  { on, answers }: Cleared,
  announcedFor: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('retention_cohort')
    .set({ cleared_on: on, answers, announced_on: null, announced_for: null })
    .where('cohort_id', '=', cohortId)
    .where('announced_for', '=', announcedFor)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Notes that a cohort was cleared on a day; false where it was by then, or there is no such cohort. */
export async function clearAsBefore(db: Db, cohortId: string, { on, answers }: Cleared): Promise<boolean> {
  const row = { announced_on: null, announced_for: null, cleared_on: on, answers };
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('retention_cohort')
    .columns(['cohort_id', 'cleared_on', 'answers'])
    .expression((eb) =>
      eb
        .selectFrom('cohort')
        .select((from) => ['cohort.id', from.val(on).as('on'), from.val(answers).as('answers')])
        .where('cohort.id', '=', cohortId),
    )
    .onConflict((conflict) =>
      conflict
        .column('cohort_id')
        .doUpdateSet(row)
        .where((eb) =>
          eb.or([eb('retention_cohort.cleared_on', 'is', null), eb('retention_cohort.cleared_on', '<', on)]),
        ),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/**
 * IB'ers and directors who can read a report of the cohort: it is theirs to keep before it can no longer be opened. Not who
 * has no address.
 */
export async function listReaders(db: Db, cohortId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('round')
    .innerJoin('school_round', 'school_round.round_id', 'round.id')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .select('person.id')
    .distinct()
    .where('round.cohort_id', '=', cohortId)
    .where('school_round.released_at', 'is not', null)
    .where('invitation.role', 'in', ['director', 'ib'])
    .where('invitation.withdrawn_at', 'is', null)
    .where('person.email', 'is not', null)
    .execute();
  return rows.map(({ id }) => id);
}

/** Who is told ahead, each once: the trainers of a cohort, and every administrator. */
export async function listTold(db: Db, cohortId: string): Promise<{ userId: string; isTrainer: boolean }[]> {
  const rows = await db
    .selectFrom('role_grant')
    .select(['user_id as userId', 'role'])
    .where((eb) =>
      eb.or([eb('role', '=', 'admin'), eb.and([eb('role', '=', 'trainer'), eb('cohort_id', '=', cohortId)])]),
    )
    .execute();
  return [...Map.groupBy(rows, ({ userId }) => userId)].map(([userId, roles]) => ({
    userId,
    isTrainer: roles.some(({ role }) => role === 'trainer'),
  }));
}
