import type { Db } from '#lib/server/db/open.ts';
import * as queries from './kept-queries.ts';

export type { OwnPlanRow } from './kept-queries.ts';

/** Takes away what somebody wrote who is erased. */
export async function erasePerson(trx: Db, personId: string): Promise<void> {
  await queries.deletePlans(trx, { personId });
}

/** The same for everybody of a cohort whose term is over. */
export async function clearCohort(trx: Db, cohortId: string): Promise<void> {
  await queries.deletePlans(trx, { cohortId });
}

/** What somebody wrote, for the file of the own data. */
export function ownPlans(db: Db, personId: string): Promise<queries.OwnPlanRow[]> {
  return queries.listOwn(db, personId);
}
