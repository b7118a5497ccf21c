import { DomainError } from '#lib/errors.ts';
import { may, type UserActor } from '#lib/permissions.ts';
import { coverageByYear, type YearCoverage } from '#lib/programme/coverage.ts';
import { firstDayOf, schoolYearOf } from '#lib/programme/school-year.ts';
import { dayOf, startOfDay } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './queries.ts';

/** Partnerships on a page of the list. */
const ON_A_PAGE = 20;

/** Made once: `localeCompare` with these settings takes milliseconds for two hundred names. */
const byName = new Intl.Collator('nl', { numeric: true });

/** A partnership in numbers, of what its viewer may see of it; no figure of any answer. */
export type PartnershipRow = queries.Named &
  queries.PartnershipCounts & {
    /** Different schools in a round that closed in this school year. */
    measured: number;
  };

export type PartnershipPage = {
  partnerships: PartnershipRow[];
  /** How many the viewer has to do with. */
  total: number;
  /** How many of them have in their name what was searched. */
  found: number;
  /** The page that is shown, from 1: the last one where so many as were asked for are not there. */
  page: number;
  /** At least 1. */
  pages: number;
  /** Schools that ever took part in the largest of all, also of those that are not shown; at least as many as any row has. */
  most: number;
};

/**
 * A page of the partnerships that somebody has to do with, by name: an administrator all of them, a steering group's member
 * those of the own programmes, a trainer those of the own cohorts; each with what is within that reach.
 * @param asked `search`: part of a name, '' for all; `page`: from 1
 */
export async function list(
  db: Db,
  actor: UserActor,
  now: Date,
  asked: { search: string; page: number },
): Promise<PartnershipPage> {
  const reach = reachOf(actor);
  const all = await queries.listNames(db, reach);
  const wanted = inLowerCase(asked.search);
  const found = all
    .filter(({ name }) => inLowerCase(name).includes(wanted))
    .toSorted((one, other) => byName.compare(one.name, other.name));
  const pages = Math.max(1, Math.ceil(found.length / ON_A_PAGE));
  const page = Math.min(asked.page, pages);
  const shown = found.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE);
  return {
    ...{ partnerships: await countEach(db, reach, shown, now), total: all.length, found: found.length, page, pages },
    most: shown.length === 0 ? 0 : await queries.countMostSchools(db, reach),
  };
}

async function countEach(
  db: Db,
  reach: queries.Reach,
  partnerships: readonly queries.Named[],
  now: Date,
): Promise<PartnershipRow[]> {
  if (partnerships.length === 0) return [];
  const ids = partnerships.map(({ id }) => id);
  const year = schoolYearOf(dayOf(now));
  const counts = await queries.countParts(db, reach, ids);
  const measured = await queries.countMeasured(db, reach, ids, { from: beginOf(year), until: beginOf(year + 1) });
  return partnerships.map(({ id, name }) => ({
    ...{ id, name, ...(counts.get(id) ?? { programmes: 0, cohorts: 0, schools: 0 }) },
    measured: measured.get(id) ?? 0,
  }));
}

/** Not by the database, which knows capitals of the alphabet only: É stays É there. */
function inLowerCase(text: string): string {
  return text.normalize().toLocaleLowerCase('nl');
}

/** `schools`: different schools that take part now; `rounds`: closed rounds. */
export type CohortCounts = { id: string; name: string; schools: number; rounds: number; isOwn: boolean };
export type ProgrammeCounts = {
  id: string;
  name: string;
  schools: number;
  cohorts: CohortCounts[];
  years: YearCoverage[];
  /** The viewer may open the programme's own page. */
  isOwn: boolean;
};
export type Partnership = { id: string; name: string; years: YearCoverage[]; programmes: ProgrammeCounts[] };

/**
 * A partnership's programmes, cohorts and schools with the coverage by school year (programme/coverage.ts), of what the actor
 * may see of it.
 * @throws DomainError not_found where that is nothing
 */
export async function get(db: Db, actor: UserActor, id: string, now: Date): Promise<Partnership> {
  const parts = await queries.listParts(db, reachOf(actor), id);
  const name = parts[0]?.partnershipName;
  if (name === undefined) throw new DomainError('not_found');
  const cohorts = parts.flatMap(({ cohortId, cohortName, programmeId }) =>
    cohortId === null || cohortName === null ? [] : [{ id: cohortId, name: cohortName, programmeId }],
  );
  const ids = cohorts.map((cohort) => cohort.id);
  const [series, closed] = await Promise.all([queries.listSeries(db, ids), queries.listClosed(db, ids)]);
  const years = (of: ReadonlySet<string>) => coverage(series, closed, of, dayOf(now));
  return {
    ...{ id, name, years: years(new Set(ids)) },
    programmes: [...Map.groupBy(parts, ({ programmeId }) => programmeId)].map(([programmeId, [first]]) => {
      const own = cohorts.filter((cohort) => cohort.programmeId === programmeId);
      const ownIds = new Set(own.map((cohort) => cohort.id));
      return {
        ...{ id: programmeId, name: first?.programmeName ?? '', schools: takingPart(series, ownIds) },
        cohorts: own.map((cohort) => ({
          ...{ id: cohort.id, name: cohort.name, schools: takingPart(series, new Set([cohort.id])) },
          rounds: new Set(closed.filter(({ cohortId }) => cohortId === cohort.id).map(({ roundId }) => roundId)).size,
          isOwn: may(actor, 'manage_cohort', { cohortId: cohort.id }),
        })),
        years: years(ownIds),
        isOwn:
          may(actor, 'see_programme', { programmeId }) ||
          own.some((cohort) => may(actor, 'see_programme', { programmeId, cohortId: cohort.id })),
      };
    }),
  };
}

function coverage(
  series: readonly queries.SeriesRow[],
  closed: readonly queries.ClosedRow[],
  cohortIds: ReadonlySet<string>,
  today: string,
): YearCoverage[] {
  const day = (moment: string) => dayOf(new Date(moment));
  return coverageByYear(
    series
      .filter(({ cohortId }) => cohortIds.has(cohortId))
      .map(({ schoolId, createdAt, leftAt }) => ({
        ...{ schoolId, from: day(createdAt), until: leftAt === null ? null : day(leftAt) },
      })),
    closed
      .filter(({ cohortId }) => cohortIds.has(cohortId))
      .map(({ schoolId, closedAt }) => ({ schoolId, closedOn: day(closedAt) })),
    today,
  );
}

function takingPart(series: readonly queries.SeriesRow[], cohortIds: ReadonlySet<string>): number {
  const now = series.filter(({ cohortId, leftAt }) => leftAt === null && cohortIds.has(cohortId));
  return new Set(now.map(({ schoolId }) => schoolId)).size;
}

function reachOf(actor: UserActor): queries.Reach {
  if (may(actor, 'see_coverage')) return 'all';
  return {
    programmeIds: actor.programmeIds.filter((programmeId) => may(actor, 'see_coverage', { programmeId })),
    cohortIds: actor.cohortIds.filter((cohortId) => may(actor, 'see_coverage', { cohortId })),
  };
}

function beginOf(year: number): string {
  const begin = startOfDay(firstDayOf(year));
  if (begin === null) throw new Error(`no school year: ${year}`);
  return begin.toISOString();
}
