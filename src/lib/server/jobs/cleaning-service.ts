import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as registrations from '#lib/server/registrations/kept-service.ts';
import * as queries from './cleaning-queries.ts';

/** Days that mail of no round (sign-in and test mails) is kept once it is done with: long enough to look into a complaint. */
const MAIL_DAYS = 30;
/** Days that runs of jobs are kept: of those that went well there are thousands a day. */
const RUN_DAYS = { done: 1, failed: 30 } as const;

/** How many of each were taken away. */
export type Cleaned = {
  sessions: number;
  tokens: number;
  mails: number;
  runs: number;
  unsent: number;
  schools: number;
};

/**
 * Takes away what has no use any more: sessions and one-time tokens that have ended, counts of attempts, old sign-in and
 * test mails, old runs of jobs, registrations of programmes that began months ago, and answers that were not submitted once a report of their round is released. Mail of a round stays as long as the round: it has no text, and says who was asked when.
 */
export function clean(db: Db, now: Date): Promise<Cleaned> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
  return inTransaction(db, async (trx) => ({
    sessions: await queries.deleteEndedSessions(trx, now.toISOString()),
    tokens: await queries.deleteEndedTokens(trx, now.toISOString()),
    mails: await queries.deleteMailOfNoRound(trx, before(MAIL_DAYS)),
    unsent: await queries.deleteUnsent(trx),
    schools: await registrations.clearPast(trx, dayOf(now)),
    runs: await queries.deleteRuns(trx, before(RUN_DAYS.done), before(RUN_DAYS.failed)),
  }));
}
