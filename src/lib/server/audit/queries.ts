import type { Insertable } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { AuditEvent } from '#lib/server/db/schema.ts';

/** So many rows or ids go into one statement. */
const CHUNK = 500;

export async function insertEvents(db: Db, events: readonly Insertable<AuditEvent>[]): Promise<void> {
  for (let start = 0; start < events.length; start += CHUNK) {
    await db
      .insertInto('audit_event')
      .values(events.slice(start, start + CHUNK))
      .execute();
  }
}

/** Whether an account did this to an object since an id (ids sort by time). */
export async function hasEvent(
  db: Db,
  { userId, action, objectId, since }: { userId: string; action: string; objectId: string; since: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('audit_event')
    .select('id')
    .where('object_id', '=', objectId)
    .where('id', '>=', since)
    .where('actor_user_id', '=', userId)
    .where('action', '=', action)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Names the objects whose lines may go, as the table's own guard asks (migrations/0005). */
export async function openDoor(db: Db, objectIds: readonly string[]): Promise<void> {
  for (let start = 0; start < objectIds.length; start += CHUNK) {
    const rows = objectIds.slice(start, start + CHUNK).map((id) => ({ object_id: id }));
    await db
      .insertInto('audit_removal')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

export async function deleteEventsBehindDoor(db: Db): Promise<void> {
  await db
    .deleteFrom('audit_event')
    .where('object_id', 'in', (eb) => eb.selectFrom('audit_removal').select('object_id'))
    .execute();
}

export async function closeDoor(db: Db): Promise<void> {
  await db.deleteFrom('audit_removal').execute();
}
