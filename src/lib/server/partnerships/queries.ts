import { sql, type ExpressionBuilder } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { DB } from '#lib/server/db/schema.ts';

/** Which programmes and cohorts are counted: all, or those of somebody. */
export type Reach = 'all' | { programmeIds: readonly string[]; cohortIds: readonly string[] };

type Joined = ExpressionBuilder<DB, 'programme' | 'cohort'>;

/** A programme of one's own with all its cohorts, or of a programme the own cohorts only. */
const isWithin = (reach: Reach) => (eb: Joined) =>
  reach === 'all'
    ? eb.and([])
    : eb.or([
        ...(reach.programmeIds.length > 0 ? [eb('programme.id', 'in', reach.programmeIds)] : []),
        ...(reach.cohortIds.length > 0 ? [eb('cohort.id', 'in', reach.cohortIds)] : []),
      ]);

/** Programmes with their cohorts, as far as `reach` goes. */
function parts(db: Db, reach: Reach) {
  return db
    .selectFrom('partnership')
    .innerJoin('programme', 'programme.partnership_id', 'partnership.id')
    .leftJoin('cohort', 'cohort.programme_id', 'programme.id')
    .where(isWithin(reach));
}

export type Named = { id: string; name: string };

/** Every partnership within reach, in no order. */
export function listNames(db: Db, reach: Reach): Promise<Named[]> {
  return parts(db, reach).select(['partnership.id', 'partnership.name']).distinct().execute();
}

/** A partnership in numbers; `schools`: different schools that take part now. */
export type PartnershipCounts = { programmes: number; cohorts: number; schools: number };

/** By id, of these partnerships; one of which nothing is within reach is not there. */
export async function countParts(
  db: Db,
  reach: Reach,
  partnershipIds: readonly string[],
): Promise<Map<string, PartnershipCounts>> {
  const rows = await parts(db, reach)
    .leftJoin('series', (join) => join.onRef('series.cohort_id', '=', 'cohort.id').on('series.left_at', 'is', null))
    .where('partnership.id', 'in', partnershipIds)
    .select((eb) => [
      'partnership.id',
      eb.fn.count<number>('programme.id').distinct().as('programmes'),
      eb.fn.count<number>('cohort.id').distinct().as('cohorts'),
      eb.fn.count<number>('series.school_id').distinct().as('schools'),
    ])
    .groupBy('partnership.id')
    .execute();
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/**
 * By id, of these partnerships: different schools in a round that closed from `from` until `until` (not included), both as
 * stored. One without such a school is not there.
 */
export async function countMeasured(
  db: Db,
  reach: Reach,
  partnershipIds: readonly string[],
  { from, until }: { from: string; until: string },
): Promise<Map<string, number>> {
  const rows = await parts(db, reach)
    .innerJoin('series', 'series.cohort_id', 'cohort.id')
    .where('partnership.id', 'in', partnershipIds)
    // Each series only until a round of it is found: they have more of them every year.
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('school_round')
          .innerJoin('round', 'round.id', 'school_round.round_id')
          .select('round.id')
          .whereRef('school_round.series_id', '=', 'series.id')
          .where('round.status', '=', 'closed')
          .where('round.closed_at', '>=', from)
          .where('round.closed_at', '<', until),
      ),
    )
    .select((eb) => ['partnership.id', eb.fn.count<number>('series.school_id').distinct().as('schools')])
    .groupBy('partnership.id')
    .execute();
  return new Map(rows.map(({ id, schools }) => [id, schools]));
}

/** How many different schools ever took part in the partnership that has most of them; 0 where there is none. */
export async function countMostSchools(db: Db, reach: Reach): Promise<number> {
  const { most } = await db
    .selectFrom(
      parts(db, reach)
        .innerJoin('series', 'series.cohort_id', 'cohort.id')
        .select((eb) => eb.fn.count<number>('series.school_id').distinct().as('schools'))
        .groupBy('programme.partnership_id')
        .as('reached'),
    )
    .select((eb) => eb.fn.max<number | null>('schools').as('most'))
    .executeTakeFirstOrThrow();
  return most ?? 0;
}

export type PartRow = {
  partnershipName: string;
  programmeId: string;
  programmeName: string;
  cohortId: string | null;
  cohortName: string | null;
};

/** The programmes of a partnership with their cohorts, by name; none where nothing is within reach. */
export async function listParts(db: Db, reach: Reach, partnershipId: string): Promise<PartRow[]> {
  return parts(db, reach)
    .where('partnership.id', '=', partnershipId)
    .select([
      'partnership.name as partnershipName',
      'programme.id as programmeId',
      'programme.name as programmeName',
      'cohort.id as cohortId',
      'cohort.name as cohortName',
    ])
    .orderBy(sql`programme.name collate nocase`)
    .orderBy(sql`cohort.name collate nocase`)
    .execute();
}

export type SeriesRow = { cohortId: string; schoolId: string; createdAt: string; leftAt: string | null };

export function listSeries(db: Db, cohortIds: readonly string[]): Promise<SeriesRow[]> {
  return db
    .selectFrom('series')
    .select(['cohort_id as cohortId', 'school_id as schoolId', 'created_at as createdAt', 'left_at as leftAt'])
    .where('cohort_id', 'in', cohortIds)
    .execute();
}

export type ClosedRow = { cohortId: string; roundId: string; schoolId: string; closedAt: string };

/** Every school in every closed round of these cohorts. */
export async function listClosed(db: Db, cohortIds: readonly string[]): Promise<ClosedRow[]> {
  return db
    .selectFrom('round')
    .innerJoin('school_round', 'school_round.round_id', 'round.id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .select([
      'round.cohort_id as cohortId',
      'round.id as roundId',
      'series.school_id as schoolId',
      'round.closed_at as closedAt',
    ])
    .where('round.cohort_id', 'in', cohortIds)
    .where('round.status', '=', 'closed')
    .where('round.closed_at', 'is not', null)
    .$narrowType<{ closedAt: string }>()
    .execute();
}
