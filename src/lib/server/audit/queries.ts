import type { Insertable } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { AuditEvent } from '#lib/server/db/schema.ts';

export async function insertEvent(db: Db, event: Insertable<AuditEvent>): Promise<void> {
  await db.insertInto('audit_event').values(event).execute();
}
