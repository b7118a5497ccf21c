import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { normalizeBrin } from './brin.ts';
import * as cohortQueries from './queries.ts';
import * as queries from './school-queries.ts';
import * as seriesQueries from './series-queries.ts';
import { takeVersion } from './series-service.ts';
import { getSeries } from './service.ts';

/** The names of those schools that have one of these BRINs (as they are stored), by BRIN. */
export async function namesByBrin(db: Db, brins: readonly string[]): Promise<Map<string, string>> {
  const schools = await queries.listByBrin(db, brins);
  return new Map(schools.flatMap(({ name, brin }) => (brin === null ? [] : [[brin, name]])));
}

/** The school with this BRIN (as it is stored), to be named where another is to get it. */
export async function findByBrin(db: Db, brin: string): Promise<{ id: string; name: string } | undefined> {
  return (await queries.listByBrin(db, [brin]))[0];
}

/** Whether a school is also in a cohort of another trainer, who would see it change: then it stays as it is. */
export async function isElsewhere(db: Db, actor: Actor, schoolId: string): Promise<boolean> {
  const cohortIds = await queries.cohortsOfSchool(db, schoolId);
  return !cohortIds.every((cohortId) => may(actor, 'manage_cohort', { cohortId }));
}

/**
 * Changes the name and BRIN of a series' school, in every cohort that it is in.
 * @param version that of the series as the trainer saw it
 * @throws DomainError not_found, forbidden, changed_meanwhile, school_elsewhere, brin_taken, school_name_taken (another
 *   school without a BRIN has the name)
 */
export async function changeSchool(
  db: Db,
  actor: Actor,
  seriesId: string,
  version: number,
  given: { name: string; brin: string | null },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { schoolId } = await getSeries(trx, actor, seriesId);
    await takeVersion(trx, seriesId, version);
    if (await isElsewhere(trx, actor, schoolId)) throw new DomainError('school_elsewhere');
    const brin = given.brin === null ? null : normalizeBrin(given.brin);
    const other = await cohortQueries.findSchool(trx, { name: given.name, brin });
    if (other && other.id !== schoolId) throw new DomainError(brin === null ? 'school_name_taken' : 'brin_taken');
    await queries.updateSchool(trx, { id: schoolId, name: given.name, brin });
    await seriesQueries.raiseOthers(trx, seriesId, { schoolId });
    await audit.record(trx, actor, 'school.changed', { type: 'school', id: schoolId });
  });
}
