import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './queries.ts';

/**
 * A round, for the cohort's trainer.
 * @throws DomainError not_found, forbidden
 */
export async function get(db: Db, actor: Actor, id: string): Promise<queries.Round> {
  return (await getOfCohort(db, actor, id)).round;
}

/**
 * A round with its cohort, for the cohort's trainer.
 * @throws DomainError not_found, forbidden
 */
export async function getOfCohort(db: Db, actor: Actor, id: string): Promise<queries.RoundOfCohort> {
  const found = await queries.findRoundOfCohort(db, id);
  if (!found) throw new DomainError('not_found');
  if (!may(actor, 'manage_cohort', { cohortId: found.cohort.id })) throw new DomainError('forbidden');
  return found;
}
