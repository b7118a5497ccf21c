import type { Db } from '#lib/server/db/open.ts';
import * as queries from './kept-queries.ts';

export type { OwnAnswerRow } from './kept-queries.ts';

/**
 * Takes the answers of somebody who is erased apart from who gave them: words go, a number that was shown stays. With the words go
 * those of the others from the page, whether this person wrote or not: a list with a line less says whose the line was.
 */
export async function erasePerson(trx: Db, personId: string): Promise<void> {
  await queries.withholdTexts(trx, personId);
  await queries.forgetAnswers(trx, { personId });
  await queries.deleteLinks(trx, { personId });
}

/** The same for everybody of a cohort whose term is over. */
export async function clearCohort(trx: Db, cohortId: string): Promise<void> {
  await queries.forgetAnswers(trx, { cohortId });
  await queries.deleteLinks(trx, { cohortId });
}

/** What somebody answered on how useful sessions were, for the file of the own data. */
export function ownAnswers(db: Db, personId: string): Promise<queries.OwnAnswerRow[]> {
  return queries.listOwnAnswers(db, personId);
}
