import type { Db } from '#lib/server/db/open.ts';
import * as queries from './kept-queries.ts';

export type { OwnHandInRow } from './kept-queries.ts';

/** Takes away what somebody handed in who is erased: words, files and the feedback on them. */
export async function erasePerson(trx: Db, personId: string): Promise<void> {
  await queries.deleteOfPerson(trx, personId);
}

/** The same for everybody of a cohort whose term is over; that something was handed in stays, without whose words or what. */
export async function clearCohort(trx: Db, cohortId: string): Promise<void> {
  await queries.deleteMailOfCohort(trx, cohortId);
  await queries.forgetOfCohort(trx, cohortId);
}

/** What somebody handed in, for the file of the own data: files by name, for they are downloaded from their own page. */
export function ownHandIns(db: Db, personId: string): Promise<queries.OwnHandInRow[]> {
  return queries.listOwn(db, personId);
}
