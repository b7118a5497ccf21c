import type { Db } from '#lib/server/db/open.ts';

/** What the schedule has to look at. */

/** Planned rounds whose day of opening has come; imported ones are never planned. */
export function listToOpen(db: Db, today: string): Promise<{ id: string }[]> {
  return db.selectFrom('round').select('id').where('status', '=', 'planned').where('opens_on', '<=', today).execute();
}

/** Open rounds whose day of closing is over. */
export function listToClose(db: Db, today: string): Promise<{ id: string }[]> {
  return db.selectFrom('round').select('id').where('status', '=', 'open').where('closes_on', '<', today).execute();
}

/** Open rounds that close on one of the days until `last`. */
export function listClosingSoon(db: Db, last: string): Promise<{ id: string }[]> {
  return db.selectFrom('round').select('id').where('status', '=', 'open').where('closes_on', '<=', last).execute();
}

/** Rounds that closed at or after a moment (ISO 8601), with the day that was set for it; none that was left to a hand. */
export function listClosedSince(db: Db, at: string): Promise<{ id: string; closesOn: string; closedAt: string }[]> {
  return db
    .selectFrom('round')
    .select(['id', 'closes_on as closesOn', 'closed_at as closedAt'])
    .where('status', '=', 'closed')
    .where('closed_at', '>=', at)
    .where('closes_on', 'is not', null)
    .$narrowType<{ closesOn: string; closedAt: string }>()
    .execute();
}
