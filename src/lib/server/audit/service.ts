import type { Insertable } from 'kysely';
import type { UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { AuditEvent } from '#lib/server/db/schema.ts';
import { dayOf, startOfDay } from '#lib/server/days.ts';
import { idBound, newId, nowIso } from '#lib/server/ids.ts';
import * as queries from './queries.ts';

/**
 * What is written down of who did what: a closed list, so that no screen text ends up as a key. Each has its words in
 * messages/ (`audit_<action>`, text/audit.ts).
 */
export const AUDIT_ACTIONS = [
  'access.refused',
  'account.created',
  'account.granted',
  'account.role_taken',
  'account.blocked',
  'account.sessions_ended',
  'sign_in_link.made',
  'sign_in_link.mailed',
  'sign_in.first_step',
  'sign_in.done',
  'sign_in.refused',
  'second_factor.set',
  'second_factor.refused',
  'second_factor.locked',
  'second_factor.recovery_used',
  'second_factor.codes_renewed',
  'second_factor.reset',
  'session.ended',
  'session.all_ended',
  'password.set',
  'cohort.created',
  'cohort.changed',
  'cohort.removed',
  'school.changed',
  'person.changed',
  'series.added',
  'series.moved',
  'series.left',
  'series.rejoined',
  'team.added',
  'team.left',
  'team.imported',
  'plan.made',
  'attendance.marked',
  'attendance.rest_marked',
  'usefulness.asked',
  'usefulness.link_copied',
  'usefulness.closed',
  'calendar.link_made',
  'calendar.link_ended',
  'registration.opened',
  'registration.changed',
  'registration.closed',
  'registration.reopened',
  'registration.link_made',
  'registration.entered',
  'registration.entry_changed',
  'registration.withdrawn',
  'registration.director_erased',
  'registration.placed',
  'assignment.handed_in',
  'assignment.withdrawn',
  'assignment.feedback_given',
  'assignment.file_downloaded',
  'certificate.downloaded',
  'plan.changed',
  'plan.moved',
  'ambitions.changed',
  'template.made',
  'template.changed',
  'template.published',
  'template.retired',
  'template.retirement_ended',
  'round.planned',
  'round.mode_changed',
  'round.dates_changed',
  'round.aspects_changed',
  'round.reminded',
  'round.reopened',
  'response.reopened',
  'round.cancelled',
  'round.opened',
  'round.closed',
  'round.released',
  'round.release_withdrawn',
  'round.imported',
  'report.confirmed',
  'report.opened',
  'invitation.added',
  'invitation.withdrawn',
  'invitation.readdressed',
  'invitation.link_copied',
  'mail.read',
  'mail.retried',
  'mail.test_asked',
  'report.downloaded',
  'programme.downloaded',
  'cohort.figures_opened',
  'cohort.figures_downloaded',
  'responses.exported',
  'instrument.imported',
  'instrument.published',
  'instrument.made',
  'instrument.changed',
  'instrument.retired',
  'instrument.retirement_ended',
  'instrument.removed',
  'programme.note_added',
  'programme.note_changed',
  'programme.note_removed',
  'action_plan.made',
  'action_plan.shared',
  'action_plan.share_ended',
  'action_plan.removed',
  'wording.proposed',
  'wording.withdrawn',
  'wording.taken',
  'wording.declined',
  'demonstration.loaded',
  'demonstration.rights_ended',
  'demonstration.removed',
  'privacy.contact_changed',
  'personal_data.downloaded',
  'retention.changed',
  'retention.announced',
  'retention.cleared',
  'audit.downloaded',
  'person.erased',
  'backup.restored',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** `page` is a route by its id, where a refusal was about nothing in particular. */
export type AuditObject = {
  type:
    | 'user'
    | 'person'
    | 'school'
    | 'cohort'
    | 'programme'
    | 'series'
    | 'round'
    | 'school_round'
    | 'invitation'
    | 'mail'
    | 'instrument'
    | 'template'
    | 'training_session'
    | 'database'
    | 'page';
  id: string;
};

/** Who did it: an actor, an account that is only signing in, or somebody of whom nothing is known. */
export type AuditActor = Pick<UserActor, 'kind' | 'userId'> | { kind: 'operator' } | { kind: 'visitor' };

/** Adds a line to the audit log, in the caller's transaction. `detail` holds ids and counts, never answers or secrets. */
export async function record(
  db: Db,
  actor: AuditActor,
  action: AuditAction,
  object: AuditObject,
  detail: Record<string, string | number | boolean> = {},
): Promise<void> {
  await recordAll(db, actor, [{ action, object, detail }]);
}

/**
 * As `record`, for what somebody may do many times: once an account, action, object and day of the schools. Whoever does it
 * again only reads, by `readDb`, so that it stays fast and waits for no write.
 */
export async function recordOnceADay(
  db: Db,
  readDb: Db,
  actor: Pick<UserActor, 'kind' | 'userId'>,
  action: AuditAction,
  object: AuditObject,
  now: Date,
): Promise<void> {
  const since = idBound(startOfDay(dayOf(now)) ?? now);
  const line = { userId: actor.userId, action, objectId: object.id, since };
  if (await queries.hasEvent(readDb, line)) return;
  await db.transaction().execute(async (trx) => {
    // Two pages that were opened at once.
    if (!(await queries.hasEvent(trx, line))) await record(trx, actor, action, object);
  });
}

/** A line to be added. */
export type Entry = {
  action: AuditAction;
  object: AuditObject;
  detail?: Record<string, string | number | boolean>;
};

/** As `record`, many lines at once, in this order. */
export async function recordAll(db: Db, actor: AuditActor, entries: readonly Entry[]): Promise<void> {
  const at = nowIso();
  const rows = entries.map(({ action, object, detail = {} }) => ({
    id: newId(),
    at,
    actor: actor.kind,
    actor_user_id: actor.kind === 'user' ? actor.userId : null,
    action,
    object_type: object.type,
    object_id: object.id,
    detail: JSON.stringify(detail),
  }));
  await queries.insertEvents(db, rows);
}

/** Adds lines of the same database as they were written, where a copy of it is put back. */
export async function addLines(trx: Db, lines: readonly Insertable<AuditEvent>[]): Promise<void> {
  await queries.insertEvents(trx, lines);
}

/**
 * Takes the lines about these objects out: the one door in a log that only grows (migrations/0005), for what never was
 * (decision 87). The caller says so in a line of its own.
 */
export async function forget(trx: Db, objectIds: readonly string[]): Promise<void> {
  await queries.openDoor(trx, objectIds);
  await queries.deleteEventsBehindDoor(trx);
  await queries.closeDoor(trx);
}
