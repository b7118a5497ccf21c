import { LIMITS } from '#lib/disclosure/limits.ts';
import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './queries.ts';
import { get, progress, type SchoolProgress } from './service.ts';

export type { OpenTotal } from './queries.ts';

/** What to know about a school before its round opens; `no_director` stops it, the others are for consideration. */
export type Gap = 'no_director' | 'no_teachers' | 'few_teachers';

/**
 * What is missing at a school: `few_teachers` where protected mode will keep the teachers' panel closed, because fewer
 * than three are asked (measurement.md §9.1).
 */
export function gapsOf(school: Pick<SchoolProgress, 'series' | 'mode'>): Gap[] {
  const gaps: Gap[] = [];
  const teachers = school.series.team.filter((member) => member.role === 'teacher').length;
  if (!school.series.team.some((member) => member.role === 'director')) gaps.push('no_director');
  if (teachers === 0) gaps.push('no_teachers');
  else if (school.mode === 'protected' && teachers < LIMITS.minTeachers) gaps.push('few_teachers');
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
 * What every page of a round shows: the round, its cohort, and how far each school is; no addresses, no answers.
 * @throws DomainError not_found, forbidden
 */
export async function overview(db: Db, actor: Actor, roundId: string) {
  const round = await get(db, actor, roundId);
  const cohort = await cohorts.get(db, actor, round.cohortId);
  const schools = (await progress(db, actor, roundId)).map((school) => ({
    schoolRoundId: school.schoolRoundId,
    seriesId: school.series.id,
    schoolName: school.series.schoolName,
    rateeName: school.series.rateeName,
    teachers: school.series.team.filter((member) => member.role === 'teacher').length,
    people: school.series.team.length,
    mode: school.mode,
    modeLocked: school.modeLocked,
    releasedAt: school.releasedAt,
    gaps: gapsOf(school),
    raters: school.raters.map(({ invitationId, role, name, status }) => ({ invitationId, role, name, status })),
  }));
  return { round, cohort, schools };
}
