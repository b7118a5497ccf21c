import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import type { TestCohort } from './factories.ts';

/** An assignment in a cohort's plan. @returns its id */
export async function addAssignment(
  db: Db,
  cohortId: string,
  given: { dueOn: string; year?: number; title?: string; cancelledAt?: string | null },
): Promise<string> {
  const id = newId();
  const { dueOn, year = 1, title = 'Een gesprek opgenomen en teruggeluisterd', cancelledAt = null } = given;
  await db
    .insertInto('assignment')
    .values({
      ...{ id, cohort_id: cohortId, year, title, about: 'Neem één gesprek op.', due_on: dueOn, hours: 4 },
      cancelled_at: cancelledAt,
    })
    .execute();
  return id;
}

/** Somebody of a cohort with the own account, as whoever follows a mailed link is. */
export async function actorOfPerson(db: Db, cohort: TestCohort, personId: string): Promise<UserActor> {
  return accounts.actorOf(db, await accounts.userOfPerson(db, cohort.trainer, personId));
}
