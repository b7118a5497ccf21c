import { dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './queries.ts';

/** So many days after a session its list is asked for; later nobody remembers, and it would stand there for ever. */
const ASKED_DAYS = 30;

/** The cohorts of these with sessions that are over, of which nothing is filled in yet: how many, and when the last was. */
export async function unfilled(
  db: Db,
  cohortIds: readonly string[],
  now: Date,
): Promise<{ cohortId: string; cohortName: string; day: string; count: number }[]> {
  const since = new Date(now.getTime() - ASKED_DAYS * 86_400_000);
  const rows = await queries.listUnfilled(db, cohortIds, { since: since.toISOString(), until: now.toISOString() });
  return rows.map(({ endsAt, ...row }) => ({ ...row, day: dayOf(new Date(endsAt)) }));
}
