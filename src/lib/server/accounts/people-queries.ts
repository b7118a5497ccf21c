import type { Db } from '#lib/server/db/open.ts';

export type Named = { id: string; name: string };

/** A role of an account, with what it is for by id and by name; null for a role beyond a cohort or programme. */
export type GrantRow = {
  userId: string;
  role: 'admin' | 'trainer' | 'steering';
  cohortId: string | null;
  programmeId: string | null;
  name: string | null;
};

/** Every role of every account, the widest first. */
export function listGrants(db: Db): Promise<GrantRow[]> {
  return db
    .selectFrom('role_grant')
    .leftJoin('cohort', 'cohort.id', 'role_grant.cohort_id')
    .leftJoin('programme', 'programme.id', 'role_grant.programme_id')
    .select(({ fn }) => [
      'role_grant.user_id as userId',
      'role_grant.role',
      'role_grant.cohort_id as cohortId',
      'role_grant.programme_id as programmeId',
      fn.coalesce('cohort.name', 'programme.name').as('name'),
    ])
    .orderBy('role_grant.role')
    .orderBy('name')
    .execute();
}

export type StaffRow = Named & { email: string; hasSecondStep: boolean };

/** Every account with a role, by name. */
export async function listAccounts(db: Db): Promise<StaffRow[]> {
  const rows = await db
    .selectFrom('user')
    .select(['id', 'name', 'email', 'two_factor_enabled'])
    .where('id', 'in', (eb) => eb.selectFrom('role_grant').select('user_id'))
    .execute();
  return rows
    .map(({ two_factor_enabled, ...row }) => ({ ...row, hasSecondStep: two_factor_enabled === 1 }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'nl', { numeric: true }));
}

/** When accounts signed in last (ISO 8601), by id, as far as the log knows. */
export async function lastSignIns(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('audit_event')
    .select(({ fn }) => ['object_id as userId', fn.max('at').as('at')])
    .where('action', '=', 'sign_in.done')
    .groupBy('object_id')
    .execute();
  return new Map(rows.map(({ userId, at }) => [userId, at]));
}

export function listCohorts(db: Db): Promise<Named[]> {
  return db.selectFrom('cohort').select(['id', 'name']).orderBy('name').execute();
}

/**
 * The cohorts, by name, of which nobody is trainer but perhaps `gone`, and in which something is still to come: a round that is not
 * closed, a report to release, a session, or the day of a round in the plan.
 * @param now ISO 8601, and its day as `today`
 */
export function listWithoutTrainer(
  db: Db,
  { now, today }: { now: string; today: string },
  gone = '',
): Promise<Named[]> {
  return db
    .selectFrom('cohort')
    .select(['cohort.id', 'cohort.name'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('role_grant')
            .select('role_grant.id')
            .whereRef('role_grant.cohort_id', '=', 'cohort.id')
            .where('role_grant.role', '=', 'trainer')
            .where('role_grant.user_id', '!=', gone),
        ),
      ),
    )
    .where(({ or, exists, selectFrom }) =>
      or([
        exists(
          selectFrom('round')
            .select('round.id')
            .whereRef('round.cohort_id', '=', 'cohort.id')
            .where('round.status', '!=', 'closed'),
        ),
        exists(
          selectFrom('school_round')
            .innerJoin('round as held', 'held.id', 'school_round.round_id')
            .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
            .innerJoin('response', 'response.invitation_id', 'invitation.id')
            .select('school_round.id')
            .whereRef('held.cohort_id', '=', 'cohort.id')
            .where('held.origin', '=', 'app')
            .where('school_round.released_at', 'is', null)
            .where('response.submitted_at', 'is not', null),
        ),
        exists(
          selectFrom('training_session')
            .select('training_session.id')
            .whereRef('training_session.cohort_id', '=', 'cohort.id')
            .where('training_session.cancelled_at', 'is', null)
            .where('training_session.ends_at', '>', now),
        ),
        exists(
          selectFrom('planned_round')
            .select('planned_round.name')
            .whereRef('planned_round.cohort_id', '=', 'cohort.id')
            .where('planned_round.cancelled_at', 'is', null)
            .where('planned_round.on_day', '>=', today),
        ),
      ]),
    )
    .orderBy('cohort.name')
    .execute();
}

export function listProgrammes(db: Db): Promise<Named[]> {
  return db.selectFrom('programme').select(['id', 'name']).orderBy('name').execute();
}

/** @returns whether the account had this role */
export async function deleteGrant(
  db: Db,
  { userId, role, cohortId, programmeId }: Omit<GrantRow, 'name'>,
): Promise<boolean> {
  const deleted = await db
    .deleteFrom('role_grant')
    .where('user_id', '=', userId)
    .where('role', '=', role)
    .where('cohort_id', 'is', cohortId)
    .where('programme_id', 'is', programmeId)
    .returning('id')
    .executeTakeFirst();
  return deleted !== undefined;
}

/** How many administrators there are beside this account that did not come with the demonstration. */
export async function countOwnAdminsBeside(db: Db, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom('role_grant')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('role', '=', 'admin')
    .where('user_id', '!=', userId)
    .where('user_id', 'not in', (eb) => eb.selectFrom('demonstration').select('object_id').where('kind', '=', 'user'))
    .executeTakeFirstOrThrow();
  return count;
}
