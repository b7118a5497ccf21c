import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as cohortQueries from './queries.ts';
import * as queries from './series-queries.ts';
import { assertTakesPart, get, getSeries, type NewPerson, type SeriesWithTeam } from './service.ts';

/** What happens to an IB'er in a cohort as a whole; what it means for rounds is the caller's, in the same transaction. */

/**
 * Takes the next version of a series, so that of two trainers who change it the second is told.
 * @throws DomainError changed_meanwhile
 */
export async function takeVersion(trx: Db, seriesId: string, version: number): Promise<void> {
  if (!(await queries.takeVersion(trx, seriesId, version))) throw new DomainError('changed_meanwhile');
}

/** Raises the version of every other series that a person is in, for that person has changed. */
export function raiseOthersOfPerson(trx: Db, seriesId: string, personId: string): Promise<void> {
  return queries.raiseOthers(trx, seriesId, { personId });
}

/**
 * A series that takes part, at the version that the trainer saw.
 * @throws DomainError not_found, forbidden, series_left, changed_meanwhile
 */
export async function take(trx: Db, actor: Actor, seriesId: string, version: number): Promise<SeriesWithTeam> {
  const series = await getSeries(trx, actor, seriesId);
  assertTakesPart(series);
  await takeVersion(trx, seriesId, version);
  return series;
}

/** An IB'er who leaves the cohort. The team stays on record as it was. */
export async function markLeft(trx: Db, actor: Actor, seriesId: string, at: string): Promise<void> {
  await queries.setLeft(trx, seriesId, at);
  await audit.record(trx, actor, 'series.left', { type: 'series', id: seriesId });
}

/**
 * An IB'er who takes part again.
 * @returns when she had left; null when she had not: then nothing happened
 * @throws DomainError not_found, forbidden, person_erased
 */
export async function markBack(trx: Db, actor: Actor, seriesId: string): Promise<string | null> {
  const { leftAt } = await getSeries(trx, actor, seriesId);
  if (leftAt === null) return null;
  if (await queries.isAboutErased(trx, seriesId)) throw new DomainError('person_erased');
  await queries.setLeft(trx, seriesId, null);
  await queries.raise(trx, [seriesId]);
  await audit.record(trx, actor, 'series.rejoined', { type: 'series', id: seriesId });
  return leftAt;
}

/**
 * Puts a series into another cohort of the same trainer.
 * @throws DomainError not_found, forbidden, series_exists
 */
export async function moveTo(trx: Db, actor: Actor, series: SeriesWithTeam, cohortId: string): Promise<void> {
  await get(trx, actor, cohortId);
  const { id, schoolId, rateeId } = series;
  if (await cohortQueries.findSeriesOf(trx, cohortId, schoolId, rateeId)) throw new DomainError('series_exists');
  await queries.setCohort(trx, id, cohortId);
  await audit.record(trx, actor, 'series.moved', { type: 'series', id }, { from: series.cohortId, to: cohortId });
}

/**
 * Begins the series of a new IB'er at the same school, with the same director and teachers (rules.md, Who, what, when).
 * @returns its id
 * @throws DomainError series_exists, person_has_role (the new IB'er is in the team)
 */
export async function succeed(trx: Db, actor: Actor, old: SeriesWithTeam, ib: NewPerson): Promise<string> {
  const rateeId = await accounts.ensurePerson(trx, ib);
  const { cohortId, schoolId } = old;
  if (await cohortQueries.findSeriesOf(trx, cohortId, schoolId, rateeId)) throw new DomainError('series_exists');
  if (old.team.some(({ personId }) => personId === rateeId)) throw new DomainError('person_has_role');
  const id = newId();
  await cohortQueries.insertSeries(trx, { id, cohortId, schoolId, rateeId, createdAt: nowIso() });
  await audit.record(trx, actor, 'series.added', { type: 'series', id });
  const others = old.team.filter(({ role }) => role !== 'ib').map(({ personId, role }) => ({ personId, role }));
  for (const { personId, role } of [{ personId: rateeId, role: 'ib' as const }, ...others]) {
    await cohortQueries.insertTeamMember(trx, { id: newId(), seriesId: id, personId, role, joinedAt: nowIso() });
    await audit.record(trx, actor, 'team.added', { type: 'series', id }, { role, person: personId });
  }
  return id;
}
