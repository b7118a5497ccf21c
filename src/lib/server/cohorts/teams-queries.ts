import type { Role } from '#lib/instrument/types.ts';
import { inChunks } from '#lib/server/db/in-chunks.ts';
import type { Db } from '#lib/server/db/open.ts';

export type NewSeries = { id: string; cohortId: string; schoolId: string; rateeId: string };

export async function insertManySeries(db: Db, all: readonly NewSeries[], createdAt: string): Promise<void> {
  const rows = all.map(({ id, cohortId, schoolId, rateeId }) => ({
    ...{ id, cohort_id: cohortId, school_id: schoolId, ratee_id: rateeId, created_at: createdAt },
  }));
  await inChunks(rows, (some) => db.insertInto('series').values(some).execute());
}

export type NewMember = { id: string; seriesId: string; personId: string; role: Role };

export async function insertMembers(db: Db, members: readonly NewMember[], joinedAt: string): Promise<void> {
  const rows = members.map(({ id, seriesId, personId, role }) => ({
    ...{ id, series_id: seriesId, person_id: personId, role, joined_at: joinedAt, left_at: null },
  }));
  await inChunks(rows, (some) => db.insertInto('team_member').values(some).execute());
}
