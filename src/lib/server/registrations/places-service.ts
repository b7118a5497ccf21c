import { DomainError, SchoolRefused, type ErrorCode } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as series from '#lib/server/participants/series-service.ts';
import * as entries from './entry-queries.ts';
import { tell } from './mails.ts';
import { assertThere, isOf, type Line } from './service.ts';

/** Giving places: the trainer's act, after seeing how they would be divided. */

/** Why a single school cannot come into the cohort, which the trainer can only mend once it is said which one it is. */
const OF_SCHOOL: readonly ErrorCode[] = [
  'school_round_incomplete',
  'person_has_role',
  'series_exists',
  'person_erased',
];

/**
 * Gives every school whose turn it is a place, which puts it into the cohort with its IB'er and director, and tells them;
 * whoever waits hears that, once. All or nothing.
 * @param seen the schools whose turn it was as the trainer saw it. Once more, after they have a place, is harmless
 * @returns how many schools got a place, and how many heard that they wait
 * @throws DomainError not_found, forbidden, changed_meanwhile (another division than was seen); SchoolRefused
 *   school_round_incomplete (a round is open, and a school has no director), person_has_role, series_exists, person_erased
 */
export async function give(
  db: Db,
  actor: Actor,
  secret: string,
  cohortId: string,
  seen: readonly string[],
  now: Date,
): Promise<{ placed: number; waiting: number }> {
  return inTransaction(db, async (trx) => {
    const { lines } = await assertThere(trx, actor, cohortId, now);
    const next = lines.filter(({ state }) => state === 'next');
    const untold = lines.filter(({ state, toldWaitingAt }) => state === 'waiting' && toldWaitingAt === null);
    const isOver = seen.every((id) => lines.some((line) => line.id === id && line.placedAt !== null));
    if (isOver && next.length === 0 && untold.length === 0) return { placed: 0, waiting: 0 };
    if (next.length !== seen.length || !next.every(({ id }) => seen.includes(id))) {
      throw new DomainError('changed_meanwhile');
    }
    const at = now.toISOString();
    // No two of the schools have the same IB'er, so that what one of them adds is nothing to the others.
    const inCohort = next.length === 0 ? [] : await cohorts.listSeries(trx, cohortId);
    for (const line of next) {
      const there = inCohort.find((each) => isOf(each, line));
      const seriesId = await bringIn(trx, actor, secret, line, there, now).catch((cause: unknown) => {
        if (!(cause instanceof DomainError) || !OF_SCHOOL.includes(cause.code)) throw cause;
        throw new SchoolRefused(cause.code, line.school.name);
      });
      await entries.place(trx, line.id, seriesId, at);
      await tell(trx, line, 'placed', at, now);
    }
    for (const line of untold) await tell(trx, line, 'waiting', at, now);
    await entries.tellWaiting(
      trx,
      untold.map(({ id }) => id),
      at,
    );
    if (next.length > 0) {
      const detail = { schools: next.length };
      await audit.record(trx, actor, 'registration.placed', { type: 'cohort', id: cohortId }, detail);
    }
    return { placed: next.length, waiting: untold.length };
  });
}

/** Puts a school into the cohort; one that is `there` with this IB'er stays as it is, or comes back. @returns its series */
async function bringIn(
  trx: Db,
  actor: Actor,
  secret: string,
  line: Line,
  there: cohorts.SeriesWithTeam | undefined,
  now: Date,
): Promise<string> {
  const { cohortId, school, language } = line;
  if (line.ib === null) throw new DomainError('changed_meanwhile');
  const ib = { ...line.ib, language };
  const director = line.director && { ...line.director, language };
  if (there === undefined) {
    return participants.addSchool(trx, actor, secret, cohortId, { school, ib, director, teachers: [] });
  }
  if (there.leftAt !== null) await series.rejoin(trx, actor, secret, there.id, now);
  const isComplete = there.team.some(({ role }) => role === 'director');
  if (director !== null && !isComplete) await participants.addRater(trx, actor, secret, there.id, 'director', director);
  return there.id;
}
