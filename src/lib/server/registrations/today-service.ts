import { dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './queries.ts';
import { overviewOf } from './service.ts';

/** How the registration of a cohort stands, for the trainer's first page. Schools are counted, but where it says people. */
export type RegistrationFacts = {
  cohortId: string;
  cohortName: string;
  /** The last day to register (yyyy-mm-dd); null where schools can register no more. */
  lastOn: string | null;
  /** The first day of the programme (yyyy-mm-dd). */
  startsOn: string;
  /** People who take part or want to, and how many it takes to begin; null without a minimum. */
  people: number;
  minPeople: number | null;
  /** Whose turn it is, and those among them who were told before that they wait. */
  next: number;
  nextAfterWaiting: number;
  /** Who waits, and those among them who were not told so yet. */
  waiting: number;
  untold: number;
  /** People for whom there is room once those whose turn it is have a place; null without a limit. */
  free: number | null;
};

/**
 * The registrations of these cohorts that may ask something of their trainer: a school has no place yet, or there is a minimum
 * and schools can still register. One query, and a few for each of those. The caller has asked for the right.
 */
export async function listFacts(db: Db, cohortIds: readonly string[], now: Date): Promise<RegistrationFacts[]> {
  const facts: RegistrationFacts[] = [];
  for (const registration of await queries.listAsking(db, cohortIds, dayOf(now))) {
    const { cohortId, cohortName, lastOn, startsOn, minPeople } = registration;
    const { lines, registered, byHand, isTaking, free } = await overviewOf(db, registration, now);
    const next = lines.filter(({ state }) => state === 'next');
    const waiting = lines.filter(({ state }) => state === 'waiting');
    facts.push({
      ...{ cohortId, cohortName, startsOn, minPeople, free },
      lastOn: isTaking ? lastOn : null,
      people: registered + byHand,
      next: next.length,
      nextAfterWaiting: next.filter(({ toldWaitingAt }) => toldWaitingAt !== null).length,
      waiting: waiting.length,
      untold: waiting.filter(({ toldWaitingAt }) => toldWaitingAt === null).length,
    });
  }
  return facts;
}
