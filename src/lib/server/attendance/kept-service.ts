import type { Db } from '#lib/server/db/open.ts';
import * as queries from './queries.ts';

export type { OwnAttendanceRow } from './queries.ts';

/** Takes away where somebody was who is erased. */
export async function erasePerson(trx: Db, personId: string): Promise<void> {
  await queries.deleteOfPerson(trx, personId);
}

/** Where somebody was, for the file of the own data. */
export function ownAttendance(db: Db, personId: string): Promise<queries.OwnAttendanceRow[]> {
  return queries.listOwn(db, personId);
}
