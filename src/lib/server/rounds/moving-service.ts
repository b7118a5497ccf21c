import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import { daysLater } from '#lib/programme/move.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { RoundDates } from './date-rule.ts';
import * as queries from './queries.ts';

/** A planned round with the days on which it opens and closes, and what they become (`later`). */
export type Dated = queries.Round & { later: RoundDates };

/**
 * The planned rounds of a cohort whose days lie ahead, with those days so many weeks later (earlier below 0). The caller has asked
 * whether the reader may.
 * @param today yyyy-mm-dd
 */
export async function listDated(db: Db, cohortId: string, weeks: number, today: string): Promise<Dated[]> {
  return (await queries.listRounds(db, cohortId)).flatMap((round) => {
    const later = round.status === 'planned' ? daysLater(round, weeks, today) : null;
    return later === null ? [] : { ...round, later };
  });
}

/**
 * Gives planned rounds their later days, in the caller's transaction: with the plan that they belong to, or else a round would open
 * on the day of before. The caller has asked whether the actor may.
 * @throws DomainError changed_meanwhile (one of them was changed, or has opened)
 */
export async function moveDates(trx: Db, actor: Actor, dated: readonly Dated[]): Promise<void> {
  for (const { later, ...round } of dated) {
    const dates = { ...later, reminds: round.reminds };
    if (!(await queries.changeDates(trx, round, dates))) throw new DomainError('changed_meanwhile');
    const detail = { opensOn: dates.opensOn ?? '', closesOn: dates.closesOn ?? '', reminds: dates.reminds };
    await audit.record(trx, actor, 'round.dates_changed', { type: 'round', id: round.id }, detail);
  }
}
