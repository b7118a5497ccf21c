import type { DeleteResult } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';

/** Sessions of raters and of accounts. @returns how many */
export async function deleteEndedSessions(db: Db, now: string): Promise<number> {
  const raters = await db.deleteFrom('rater_session').where('expires_at', '<', now).executeTakeFirst();
  const accounts = await db.deleteFrom('session').where('expires_at', '<', now).executeTakeFirst();
  return countOf(raters) + countOf(accounts);
}

/** One-time tokens, and counts of attempts whose time is over. @returns how many */
export async function deleteEndedTokens(db: Db, now: string): Promise<number> {
  const tokens = await db.deleteFrom('verification').where('expires_at', '<', now).executeTakeFirst();
  const attempts = await db.deleteFrom('attempt').where('resets_at', '<', now).executeTakeFirst();
  return countOf(tokens) + countOf(attempts);
}

export async function deleteMailOfNoRound(db: Db, before: string): Promise<number> {
  const deleted = await db
    .deleteFrom('mail')
    .where('template', 'in', ['sign_in', 'test', 'address_replaced', 'account_added', 'account_changed'])
    .where('status', '!=', 'waiting')
    .where('created_at', '<', before)
    .executeTakeFirst();
  return countOf(deleted);
}

export async function deleteRuns(db: Db, doneBefore: string, failedBefore: string): Promise<number> {
  const deleted = await db
    .deleteFrom('job_run')
    .where((eb) =>
      eb.or([
        eb.and([eb('outcome', '=', 'done'), eb('started_at', '<', doneBefore)]),
        eb('started_at', '<', failedBefore),
      ]),
    )
    .executeTakeFirst();
  return countOf(deleted);
}

function countOf({ numDeletedRows }: DeleteResult): number {
  return Number(numDeletedRows);
}
