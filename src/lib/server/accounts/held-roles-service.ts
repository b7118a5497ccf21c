import type { Db } from '#lib/server/db/open.ts';
import * as roleQueries from './role-queries.ts';

export type { HeldRole } from './role-queries.ts';

/** The roles that were given to an account; what somebody is at a school is not among them. */
export function granted(db: Db, userId: string): Promise<roleQueries.HeldRole[]> {
  return roleQueries.listGranted(db, userId);
}

/**
 * All that an account is, the widest first, as its owner is told: by its roles, and at schools. Whoever is trainer of a
 * cohort is not told twice to be a trainer.
 * @param personId the person whose account it is; null for an account of nobody in a team
 */
export async function heldRoles(db: Db, userId: string, personId: string | null): Promise<roleQueries.HeldRole[]> {
  const roles = await granted(db, userId);
  const isTrainerOfOne = roles.some(({ role, name }) => role === 'trainer' && name !== null);
  return [
    ...roles.filter(({ role, name }) => role !== 'trainer' || name !== null || !isTrainerOfOne),
    ...(personId === null ? [] : await roleQueries.listAtSchools(db, personId)),
  ];
}

/** The accounts of those who are trainers of a cohort now. */
export function trainersOf(db: Db, cohortId: string): Promise<string[]> {
  return roleQueries.listTrainers(db, cohortId);
}
