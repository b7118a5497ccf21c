import type { Db } from '#lib/server/db/open.ts';
import { inventedCohorts, inventedUsers } from './invented-queries.ts';

/** Whom the people of a cohort turn to. */
export type Trainer = { name: string; email: string };

/** Who asks for something about a cohort; `trainer` is null where nobody can be written to. */
export type Asker = { cohortName: string; trainer: Trainer | null };

/**
 * The trainer who runs a cohort, or this round of it: who opened the round (last), else who is trainer of the cohort for
 * longest. Only of those who are its trainers now: whose right was taken is written to no more.
 * @returns null without a trainer, for an invented cohort, and where the only ones are invented
 */
export async function findTrainer(db: Db, cohortId: string, roundId: string | null): Promise<Trainer | null> {
  const opener = roundId === null ? undefined : await findOpener(db, roundId);
  const trainer = await db
    .selectFrom('role_grant')
    .innerJoin('user', 'user.id', 'role_grant.user_id')
    .select(['user.name', 'user.email'])
    .where('role_grant.role', '=', 'trainer')
    .where('role_grant.cohort_id', '=', cohortId)
    .where('role_grant.cohort_id', 'not in', inventedCohorts(db))
    .where('user.id', 'not in', inventedUsers(db))
    .orderBy((eb) =>
      eb
        .case()
        .when('user.id', '=', opener ?? '')
        .then(0)
        .else(1)
        .end(),
    )
    .orderBy('role_grant.created_at')
    .orderBy('role_grant.id')
    .limit(1)
    .executeTakeFirst();
  return trainer ?? null;
}

/** Whether this account is trainer of the cohort now. */
export async function isTrainerOf(db: Db, userId: string, cohortId: string): Promise<boolean> {
  const grant = await db
    .selectFrom('role_grant')
    .select('id')
    .where('role', '=', 'trainer')
    .where('user_id', '=', userId)
    .where('cohort_id', '=', cohortId)
    .limit(1)
    .executeTakeFirst();
  return grant !== undefined;
}

/** The account that opened a round last; undefined when the schedule did. */
async function findOpener(db: Db, roundId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('audit_event')
    .select('actor_user_id as userId')
    .where('object_id', '=', roundId)
    .where('object_type', '=', 'round')
    .where('action', 'in', ['round.opened', 'round.reopened'])
    .where('actor_user_id', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.userId ?? undefined;
}
