import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as queries from './removal-queries.ts';

/** Whether a cohort can go: as long as nothing was opened in it, nobody was asked and nothing was answered. */
export async function mayRemove(db: Db, cohortId: string): Promise<boolean> {
  return (await rounds.list(db, cohortId)).every(({ status }) => status === 'planned');
}

/**
 * Deletes a cohort with its planned rounds and teams, and the people and schools that nothing else knows.
 * @throws DomainError not_found, forbidden, cohort_in_use (a round was opened)
 */
export async function remove(db: Db, actor: Actor, cohortId: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    await cohorts.get(trx, actor, cohortId);
    if (!(await mayRemove(trx, cohortId))) throw new DomainError('cohort_in_use');
    const hanging = await queries.listHanging(trx, cohortId);
    await queries.deleteCohort(trx, cohortId);
    await queries.deleteForgotten(trx, hanging);
    await audit.record(trx, actor, 'cohort.removed', { type: 'cohort', id: cohortId });
  });
}
