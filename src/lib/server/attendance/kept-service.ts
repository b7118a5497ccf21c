import type { Db } from '#lib/server/db/open.ts';
import * as queries from './queries.ts';
import { yearsToKeep } from './totals-service.ts';

export type { OwnAttendanceRow } from './queries.ts';

/** Takes away where somebody was who is erased. */
export async function erasePerson(trx: Db, personId: string): Promise<void> {
  await queries.deleteOfPerson(trx, personId);
}

/** Takes away where everybody was of a cohort whose term is over; what each year came to over all of them stays. */
export async function clearCohort(trx: Db, cohortId: string, now: Date): Promise<void> {
  for (const year of await yearsToKeep(trx, cohortId, now)) await queries.keep(trx, cohortId, year);
  await queries.deleteOfCohort(trx, cohortId);
}

/** Where somebody was, for the file of the own data. */
export function ownAttendance(db: Db, personId: string): Promise<queries.OwnAttendanceRow[]> {
  return queries.listOwn(db, personId);
}
