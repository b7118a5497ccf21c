import type { Db } from '#lib/server/db/open.ts';
import type { AmbitionAspects } from './ambition-sums.ts';

/** What stands for the ambitions of the programme that a cohort is in, in their order; none outside any programme. */
export async function listAspects(db: Db, cohortId: string): Promise<AmbitionAspects[]> {
  const rows = await db
    .selectFrom('cohort')
    .innerJoin('ambition', 'ambition.programme_id', 'cohort.programme_id')
    .select(['ambition.list_key as listKey', 'ambition.aspects'])
    .where('cohort.id', '=', cohortId)
    .orderBy('ambition.position')
    .orderBy('ambition.id')
    .execute();
  return rows.map(({ listKey, aspects }) => ({ listKey, aspects: JSON.parse(aspects) as string[] })); // by insertAmbitions
}

/** The cohorts whose programme has ambitions. */
export async function listCohortsWithAny(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('cohort')
    .select('id')
    .where('programme_id', 'in', db.selectFrom('ambition').select('programme_id'))
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The cohorts of a programme. */
export async function listCohortIds(db: Db, programmeId: string): Promise<string[]> {
  const rows = await db.selectFrom('cohort').select('id').where('programme_id', '=', programmeId).execute();
  return rows.map(({ id }) => id);
}
