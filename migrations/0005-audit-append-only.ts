import { sql, type Kysely } from 'kysely';

/**
 * The log only grows: the database itself refuses to change a line or to take one away. The one door is a table that
 * names the objects whose lines may go, filled and emptied in the transaction that takes them (decision 87): today for the
 * demonstration, which never was.
 *
 * The log is read newest first, by ids that sort by time: an index for each thing that it is narrowed by ends in the id.
 */
const steps = [
  `create table audit_removal (object_id text primary key) strict, without rowid`,
  `create trigger audit_event_unchanged before update on audit_event
   begin select raise(abort, 'audit_event: a line never changes'); end`,
  `create trigger audit_event_stays before delete on audit_event
   when not exists (select 1 from audit_removal where object_id = old.object_id)
   begin select raise(abort, 'audit_event: a line is never taken away'); end`,
  // "insert or replace" would put another line in its place without asking the guards above.
  `create trigger audit_event_once before insert on audit_event
   when exists (select 1 from audit_event where id = new.id)
   begin select raise(abort, 'audit_event: there is a line with this id'); end`,
  `drop index audit_event_at`,
  `drop index audit_event_actor`,
  `drop index audit_event_object`,
  `create index audit_event_by_actor on audit_event (actor_user_id, id)`,
  `create index audit_event_by_action on audit_event (action, id)`,
  `create index audit_event_by_object on audit_event (object_id, id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
