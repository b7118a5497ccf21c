import { LIMITS } from '#lib/disclosure/limits.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { getOfCohort } from './access.ts';
import { responseByDay } from './response-by-day.ts';
import * as queries from './response-queries.ts';

export type { MailCounts, OpenTotal } from './response-queries.ts';

/** What to know about a school before its round opens; `no_director` stops it, the others are for consideration. */
export type Gap = 'no_director' | 'no_teachers' | 'few_teachers';

/**
 * What is missing at a school: `few_teachers` where protected mode will keep the teachers' panel closed, because fewer
 * than three are asked (measurement.md §9.1).
 */
export function gapsOf(school: { mode: Mode; directors: number; teachers: number }): Gap[] {
  const gaps: Gap[] = [];
  if (school.directors === 0) gaps.push('no_director');
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
 * What every page of a round shows: the round, its cohort, and how far each school is; no addresses, no answers. One
 * query decides about the right to see it, and two more read the rest, however many schools there are.
 * @throws DomainError not_found, forbidden
 */
export async function overview(db: Db, actor: Actor, roundId: string) {
  const { round, cohort, schools } = await read(db, actor, roundId);
  return { round, cohort, schools };
}

async function read(db: Db, actor: Actor, roundId: string) {
  const { round, cohort } = await getOfCohort(db, actor, roundId);
  const rows = await queries.listSchools(db, roundId);
  const all = await queries.listRaters(db, roundId);
  const raters = Map.groupBy(all, (rater) => rater.schoolRoundId);
  const schools = rows.map((school) => {
    const asked = raters.get(school.schoolRoundId) ?? [];
    return {
      schoolRoundId: school.schoolRoundId,
      seriesId: school.seriesId,
      schoolName: school.schoolName,
      rateeName: school.rateeName,
      teachers: school.teachers,
      people: school.people,
      mode: school.mode,
      modeLocked: round.status === 'closed' || asked.some((rater) => rater.status !== null),
      releasedAt: school.releasedAt,
      gaps: gapsOf(school),
      raters: asked.map(({ invitationId, role, name, status, hasAddress, mail }) => ({
        ...{ invitationId, role, name, status, hasAddress },
        mailFailed: mail === 'failed',
      })),
    };
  });
  return { round, cohort, schools, forms: all };
}

/**
 * What the page of a round shows while people fill in: beside the overview the forms begun and submitted by day, and how
 * far the mails are. Counts only, by day and by role: no moment of a single person, no answers.
 * @throws DomainError not_found, forbidden
 */
export async function live(db: Db, actor: Actor, roundId: string, now = new Date()) {
  const { forms, ...page } = await read(db, actor, roundId);
  return {
    ...page,
    days: responseByDay(forms, page.round, now),
    mails: await queries.countMails(db, roundId),
    at: now.toISOString(),
  };
}

/**
 * A few counts that change whenever the page of a round has something new to show, and the moment at which they hold.
 * @throws DomainError not_found, forbidden
 */
export async function pulse(db: Db, actor: Actor, roundId: string, now = new Date()) {
  const { round } = await getOfCohort(db, actor, roundId);
  const { begun, submitted, invited } = await queries.countForms(db, roundId);
  const { waiting, sent, failed } = await queries.countMails(db, roundId);
  const state = [round.version, invited, begun, submitted, waiting, sent, failed].join(' ');
  return { state, at: now.toISOString() };
}
