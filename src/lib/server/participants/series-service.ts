import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as calendar from '#lib/server/calendar/service.ts';
import * as series from '#lib/server/cohorts/series-service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as membership from '#lib/server/rounds/membership-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';

/** An IB'er who leaves, comes back, moves or is succeeded: team, rounds and invitations in one transaction each. */

/** Which series, and the version of it that the trainer saw. */
export type At = { seriesId: string; version: number };

/**
 * Takes an IB'er out of the cohort: out of planned rounds, and what is not submitted in open ones is withdrawn. Submitted
 * forms and closed rounds stay.
 * @throws DomainError not_found, forbidden, series_left, changed_meanwhile
 */
export async function leave(db: Db, actor: Actor, at: At, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const leaving = await series.take(trx, actor, at.seriesId, at.version);
    await membership.leave(trx, actor, leaving, now.toISOString());
    await series.markLeft(trx, actor, leaving.id, now.toISOString());
    await calendar.endOfGone(trx, actor, leaving.cohortId);
  });
}

/**
 * Lets an IB'er take part again, in all rounds that are not closed. Forms that were withdrawn when she left come back as
 * they were. Once more is harmless.
 * @throws DomainError not_found, forbidden, school_round_incomplete (a round was opened meanwhile, and there is no director)
 */
export async function rejoin(db: Db, actor: Actor, secret: string, seriesId: string, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const leftAt = await series.markBack(trx, actor, seriesId);
    if (leftAt === null) return;
    const back = await cohorts.getSeries(trx, actor, seriesId);
    await membership.restore(trx, actor, secret, back, leftAt, now);
    await membership.join(trx, actor, secret, back, now);
  });
}

/**
 * Moves an IB'er to another cohort of the same trainer, as long as none of her rounds was opened.
 * @throws DomainError not_found, forbidden, series_left, changed_meanwhile, series_measured, series_exists,
 *   school_round_incomplete (a round is open there, and there is no director)
 */
export async function move(db: Db, actor: Actor, secret: string, at: At, cohortId: string, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const moving = await series.take(trx, actor, at.seriesId, at.version);
    if (await membership.isMeasured(trx, moving)) throw new DomainError('series_measured');
    await membership.leave(trx, actor, moving, now.toISOString());
    await series.moveTo(trx, actor, moving, cohortId);
    await calendar.endOfGone(trx, actor, moving.cohortId);
    await rounds.includeSeries(trx, actor, secret, cohortId, [moving.id]);
  });
}

/**
 * A new IB'er in the place of another: a new series with the same director and teachers, in the same rounds. The old one
 * leaves; her closed rounds and what was submitted about her stay hers (rules.md, Who, what, when).
 * @returns the new series' id
 * @throws DomainError not_found, forbidden, series_left, changed_meanwhile, series_exists, person_has_role,
 *   school_round_incomplete (a round is open, and there is no director)
 */
export async function succeed(
  db: Db,
  actor: Actor,
  secret: string,
  at: At,
  ib: cohorts.NewPerson,
  now: Date,
): Promise<string> {
  return inTransaction(db, async (trx) => {
    const old = await series.take(trx, actor, at.seriesId, at.version);
    const modes = await membership.leave(trx, actor, old, now.toISOString());
    await series.markLeft(trx, actor, old.id, now.toISOString());
    const id = await series.succeed(trx, actor, old, ib);
    await calendar.endOfGone(trx, actor, old.cohortId);
    await membership.join(trx, actor, secret, await cohorts.getSeries(trx, actor, id), now, modes);
    return id;
  });
}
