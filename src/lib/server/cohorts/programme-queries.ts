import type { Db } from '#lib/server/db/open.ts';

export type Programme = { id: string; name: string; partnershipName: string };

export async function listProgrammes(db: Db, ids: readonly string[]): Promise<Programme[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('programme')
    .innerJoin('partnership', 'partnership.id', 'programme.partnership_id')
    .select(['programme.id', 'programme.name', 'partnership.name as partnershipName'])
    .where('programme.id', 'in', ids)
    .orderBy('programme.name')
    .execute();
}

export type ProgrammeCohort = { id: string; name: string };

export function listCohortsOf(db: Db, programmeId: string): Promise<ProgrammeCohort[]> {
  return db
    .selectFrom('cohort')
    .select(['id', 'name'])
    .where('programme_id', '=', programmeId)
    .orderBy('name')
    .execute();
}

/** The programmes of this name: partnerships may have chosen the same. */
export async function listNamed(db: Db, name: string): Promise<Programme[]> {
  const found = await db.selectFrom('programme').select('id').where('name', '=', name).execute();
  return listProgrammes(
    db,
    found.map(({ id }) => id),
  );
}

/** The ids of the programmes that these cohorts are in. */
export async function listProgrammesOf(db: Db, cohortIds: readonly string[]): Promise<string[]> {
  if (cohortIds.length === 0) return [];
  const found = await db.selectFrom('cohort').select('programme_id').distinct().where('id', 'in', cohortIds).execute();
  return found.flatMap(({ programme_id: id }) => id ?? []);
}
