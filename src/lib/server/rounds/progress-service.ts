import { LIMITS } from '#lib/disclosure/limits.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Role } from '#lib/instrument/types.ts';
import { rolesAsked } from '#lib/server/instruments/asked-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { getOfCohort } from './access.ts';
import * as queries from './response-queries.ts';

/** For queries of others: whether a report of a round was ever released. */
export { wasEverReleased } from './undecided-queries.ts';

export type { OpenTotal } from './response-queries.ts';

/** What to know about a school before its round opens; `no_director` stops it, the others are for consideration. */
export type Gap = 'no_director' | 'no_teachers' | 'few_teachers';

/**
 * What is missing at a school, of the roles that the round asks: `few_teachers` where protected mode will keep the teachers'
 * panel closed, because fewer than three are asked (measurement.md §9.1).
 */
export function gapsOf(school: { mode: Mode; directors: number; teachers: number }, roles: ReadonlySet<Role>): Gap[] {
  const gaps: Gap[] = [];
  if (roles.has('director') && school.directors === 0) gaps.push('no_director');
  if (!roles.has('teacher')) return gaps;
  if (school.teachers === 0) gaps.push('no_teachers');
  else if (school.mode === 'protected' && school.teachers < LIMITS.minTeachers) gaps.push('few_teachers');
  return gaps;
}

/**
 * How many of those invited have submitted, for every open round: the response progress that an administrator sees.
 * @throws DomainError forbidden
 */
export async function openTotals(db: Db, actor: Actor): Promise<queries.OpenTotal[]> {
  if (!may(actor, 'see_progress')) throw new DomainError('forbidden');
  return queries.listOpenTotals(db);
}

/**
 * What every page of a round shows: the round, its cohort, whom it asks, and how far each school is; no addresses, no
 * answers. One query decides about the right to see it, and two more read the rest, however many schools there are.
 * @throws DomainError not_found, forbidden
 */
export async function overview(db: Db, actor: Actor, roundId: string) {
  const { round, cohort } = await getOfCohort(db, actor, roundId);
  const rows = await queries.listSchools(db, roundId);
  const raters = Map.groupBy(await queries.listProgress(db, roundId), (rater) => rater.schoolRoundId);
  const roles = await rolesAsked(db, round);
  const schools = rows.map(({ directors, ...school }) => ({
    ...school,
    gaps: gapsOf({ mode: school.mode, directors, teachers: school.teachers }, roles),
    raters: (raters.get(school.schoolRoundId) ?? []).map(({ invitationId, role, name, status }) => ({
      ...{ invitationId, role, name, status },
    })),
  }));
  return { round, cohort, asks: asksOf(roles), schools };
}

/** Plain data for a page: which roles a round asks. */
export function asksOf(roles: ReadonlySet<Role>): Record<Role, boolean> {
  return { director: roles.has('director'), ib: roles.has('ib'), teacher: roles.has('teacher') };
}

/**
 * How a round stands, in counts: who was asked and who submitted by role, and how many reports are not released.
 * @throws DomainError not_found, forbidden
 */
export async function standing(db: Db, actor: Actor, roundId: string) {
  const { round, cohort } = await getOfCohort(db, actor, roundId);
  const response = await queries.countByRole(db, roundId);
  return { round, cohort, response, unreleased: await queries.countUnreleased(db, roundId) };
}
