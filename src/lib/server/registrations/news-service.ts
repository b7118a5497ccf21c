import * as accounts from '#lib/server/accounts/held-roles-service.ts';
import { dayOf, hourOf, startOfDay } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import * as queries from './news-queries.ts';

export type { NewOfCohort } from './news-queries.ts';

/** Nobody is mailed in the night. */
const FROM_HOUR = 8;

/**
 * Asks for one mail to each trainer about the schools that registered before today, from eight o'clock on: one a day, however
 * many cohorts. Harmless to run twice, or in two processes at once, for it tells of a school once.
 * @returns what was done, for the log of jobs: "told 2"
 */
export async function tellOfNew(db: Db, now: Date): Promise<string> {
  const today = dayOf(now);
  const begin = startOfDay(today);
  if (begin === null || hourOf(now) < FROM_HOUR) return 'told 0';
  const told = await inTransaction(db, async (trx) => {
    const trainers = new Set<string>();
    for (const cohortId of await queries.markTold(trx, begin.toISOString(), today)) {
      for (const userId of await accounts.trainersOf(trx, cohortId)) trainers.add(userId);
    }
    const mails = [...trainers].map((userId): outbox.NewMail => ({
      ...{ template: 'registration', to: { userId }, about: { kind: 'new', day: today }, roundId: null },
      onceKey: `registration:new:${today}:${userId}`,
    }));
    return mails.length === 0 ? 0 : outbox.enqueueAll(trx, mails, now);
  });
  return `told ${told}`;
}

/**
 * The schools that the mail of a day is about, as it goes out: whoever has a place by then, knows to wait or withdrew is left
 * out. Only of cohorts that the account is trainer of now.
 */
export function listNew(db: Db, userId: string, day: string): Promise<queries.NewOfCohort[]> {
  return queries.countTold(db, userId, day);
}
