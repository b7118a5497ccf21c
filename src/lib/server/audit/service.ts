import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as queries from './queries.ts';

/** What is written down of who did what: a closed list, so that no screen text ends up as a key. */
type AuditAction =
  | 'account.created'
  | 'account.granted'
  | 'sign_in_link.made'
  | 'cohort.created'
  | 'cohort.changed'
  | 'series.added'
  | 'team.added'
  | 'team.left'
  | 'round.planned'
  | 'round.mode_changed'
  | 'round.cancelled'
  | 'round.opened'
  | 'round.closed'
  | 'round.released'
  | 'round.release_withdrawn'
  | 'round.imported'
  | 'report.confirmed'
  | 'invitation.added'
  | 'invitation.withdrawn'
  | 'invitation.link_copied'
  | 'mail.read'
  | 'mail.retried'
  | 'mail.test_asked'
  | 'report.downloaded'
  | 'responses.exported'
  | 'instrument.imported'
  | 'instrument.published'
  | 'demonstration.loaded'
  | 'demonstration.rights_ended'
  | 'demonstration.removed'
  | 'backup.restored';

type AuditObject = {
  type: 'user' | 'cohort' | 'series' | 'round' | 'school_round' | 'invitation' | 'mail' | 'instrument' | 'database';
  id: string;
};

/** Adds a line to the audit log, in the caller's transaction. `detail` holds ids and counts, never answers or secrets. */
export async function record(
  db: Db,
  actor: Actor,
  action: AuditAction,
  object: AuditObject,
  detail: Record<string, string | number | boolean> = {},
): Promise<void> {
  await queries.insertEvent(db, {
    id: newId(),
    at: nowIso(),
    actor: actor.kind,
    actor_user_id: actor.kind === 'user' ? actor.userId : null,
    action,
    object_type: object.type,
    object_id: object.id,
    detail: JSON.stringify(detail),
  });
}
