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

/** A partnership in numbers; `schools`: different schools that take part now. */
export type PartnershipCounts = { id: string; name: string; programmes: number; cohorts: number; schools: number };

/** By name. */
export async function listPartnerships(db: Db, reach: Reach): Promise<PartnershipCounts[]> {
  return parts(db, reach)
    .leftJoin('series', (join) => join.onRef('series.cohort_id', '=', 'cohort.id').on('series.left_at', 'is', null))
    .select((eb) => [
      'partnership.id',
      'partnership.name',
      eb.fn.count<number>('programme.id').distinct().as('programmes'),
      eb.fn.count<number>('cohort.id').distinct().as('cohorts'),
      eb.fn.count<number>('series.school_id').distinct().as('schools'),
    ])
    .groupBy('partnership.id')
    .orderBy(sql`partnership.name collate nocase`)
    .execute();
}

/** By partnership: different schools in a round that closed from `from` until `until` (not included), both as stored. */
export async function countMeasured(db: Db, reach: Reach, from: string, until: string): Promise<Map<string, number>> {
  const rows = await parts(db, reach)
    .innerJoin('round', 'round.cohort_id', 'cohort.id')
    .innerJoin('school_round', 'school_round.round_id', 'round.id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .where('round.status', '=', 'closed')
    .where('round.closed_at', '>=', from)
    .where('round.closed_at', '<', until)
    .select((eb) => ['partnership.id', eb.fn.count<number>('series.school_id').distinct().as('schools')])
    .groupBy('partnership.id')
    .execute();
  return new Map(rows.map(({ id, schools }) => [id, schools]));
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
