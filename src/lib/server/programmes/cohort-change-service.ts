import type { Actor } from '#lib/permissions.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as reports from '#lib/server/reports/service.ts';

/**
 * Changes a cohort (`cohorts.change`), and sums what its programme wants with it where that is another programme now: an imported
 * cohort comes into one after its rounds closed.
 * @throws DomainError as `cohorts.change`
 */
export function changeCohort(
  db: Db,
  actor: Actor,
  id: string,
  version: number,
  values: cohorts.CohortChange,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await cohorts.change(trx, actor, id, version, values);
    await reports.sumAmbitionsOfCohort(trx, id);
  });
}
