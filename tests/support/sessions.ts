import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';

/** A session in a cohort's plan, three hours long from `startsAt` on. @returns its id */
export async function addSession(
  db: Db,
  cohortId: string,
  given: { startsAt: string; year?: number; title?: string; hours?: number; cancelledAt?: string | null },
): Promise<string> {
  const id = newId();
  const { startsAt, year = 1, title = 'Doelgericht communiceren', hours = 3, cancelledAt = null } = given;
  const endsAt = new Date(Date.parse(startsAt) + 3 * 3_600_000).toISOString();
  const words = { title, about: 'Oefenen met eigen gesprekken.', place: 'De Brug, zaal 2' };
  await db
    .insertInto('training_session')
    .values({ id, cohort_id: cohortId, year, starts_at: startsAt, ends_at: endsAt, hours, ...words, event: null })
    .execute();
  if (cancelledAt !== null) {
    await db.updateTable('training_session').set({ cancelled_at: cancelledAt }).where('id', '=', id).execute();
  }
  return id;
}

/** Puts everybody of a cohort at a moment at which they joined: tests make people now. */
export async function joinedAt(db: Db, cohortId: string, at: string): Promise<void> {
  await db
    .updateTable('team_member')
    .set({ joined_at: at })
    .where('series_id', 'in', (eb) => eb.selectFrom('series').select('id').where('cohort_id', '=', cohortId))
    .execute();
}
