import type { Db } from '#lib/server/db/open.ts';
import * as queries from './accounts-queries.ts';
import { listMarked } from './queries.ts';

/**
 * What accounts have to know of the demonstration. Apart from its other services: those are made of accounts, cohorts and
 * rounds, and this one of nothing.
 */

/** Whether somebody administers this Drieluik; accounts of the demonstration are nobody's, whatever they may do. */
export function hasOwnAdmin(db: Db): Promise<boolean> {
  return queries.hasOwnAdmin(db);
}

/** The ids of the demonstration's cohorts; none where it is not loaded. */
export function listCohorts(db: Db): Promise<string[]> {
  return listMarked(db, 'cohort');
}
