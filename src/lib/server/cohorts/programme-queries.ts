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
