import type { Db } from '#lib/server/db/open.ts';

/** A part that was taken out of a draft, as JSON (`RemovedPart`). */
export type RemovedRow = { id: string; part: string };

/** What was taken out of a draft and not put back, newest first. */
export function listRemoved(db: Db, versionId: string): Promise<RemovedRow[]> {
  return db
    .selectFrom('removed_part')
    .select(['id', 'part'])
    .where('instrument_version_id', '=', versionId)
    .orderBy('removed_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

export async function insertRemoved(
  db: Db,
  row: { id: string; versionId: string; part: string; removedAt: string },
): Promise<void> {
  await db
    .insertInto('removed_part')
    .values({ id: row.id, instrument_version_id: row.versionId, part: row.part, removed_at: row.removedAt })
    .execute();
}

export async function deleteRemoved(db: Db, id: string): Promise<void> {
  await db.deleteFrom('removed_part').where('id', '=', id).execute();
}

export async function deleteAllRemoved(db: Db, versionId: string): Promise<void> {
  await db.deleteFrom('removed_part').where('instrument_version_id', '=', versionId).execute();
}

/** What was taken over into a version that goes is open again. */
export async function reopenProposals(db: Db, versionId: string): Promise<void> {
  await db
    .updateTable('wording_proposal')
    .set((eb) => ({ status: 'open', taken_into: null, revision: eb('revision', '+', 1) }))
    .where('taken_into', '=', versionId)
    .execute();
}

/** A round that uses a version of a list. */
export type Use = {
  versionId: string;
  roundId: string;
  roundName: string;
  status: 'planned' | 'open' | 'closed';
  cohortId: string;
  cohortName: string;
};

/** The rounds that use lists, by cohort and in the order of their rounds. */
export function listUses(db: Db): Promise<Use[]> {
  return db
    .selectFrom('round')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .select([
      'round.instrument_version_id as versionId',
      'round.id as roundId',
      'round.name as roundName',
      'round.status',
      'cohort.id as cohortId',
      'cohort.name as cohortName',
    ])
    .orderBy('cohort.name')
    .orderBy('round.number')
    .execute();
}
