import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import type { AssignmentPlan, SessionPlan } from '#lib/programme/plan.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as queries from './plan-queries.ts';

/** What of a plan is meant: its id and the version that was seen. A round is known by its name. */
export type Seen = { id: string; version: number };
export type PlanKind = 'session' | 'assignment' | 'round';

const TABLES = { session: 'training_session', assignment: 'assignment' } as const;

/**
 * Adds a session to a cohort's plan, or changes one. The day of one that was held stays: who was there would be said of another
 * day, on which others took part.
 * @param seen the session as it was seen; null adds one
 * @throws DomainError not_found, forbidden; changed_meanwhile when somebody else changed it since; session_held
 */
export function saveSession(
  db: Db,
  actor: Actor,
  cohortId: string,
  seen: Seen | null,
  plan: SessionPlan,
): Promise<void> {
  return changing(db, actor, cohortId, 'session', async (trx) => {
    if (seen === null) return queries.insertSessions(trx, cohortId, [{ ...plan, id: newId() }]);
    const before = assertOwn(await queries.findSession(trx, seen.id), cohortId);
    const isMoved = dayOf(new Date(before.startsAt)) !== dayOf(new Date(plan.startsAt));
    if (isMoved && (await isHeld(trx, before))) throw new DomainError('session_held');
    assertDone(await queries.updateSession(trx, seen, plan));
  });
}

/** The same for an assignment. @throws DomainError as `saveSession` */
export function saveAssignment(
  db: Db,
  actor: Actor,
  cohortId: string,
  seen: Seen | null,
  plan: AssignmentPlan,
): Promise<void> {
  return changing(db, actor, cohortId, 'assignment', async (trx) => {
    if (seen === null) return queries.insertAssignments(trx, cohortId, [{ ...plan, id: newId() }]);
    assertOwn(await queries.findAssignment(trx, seen.id), cohortId);
    assertDone(await queries.updateAssignment(trx, seen, plan));
  });
}

/** The day that a round is meant to begin, as a form gives it. */
export type RoundDay = { name: string; version: number; year: number; onDay: string };

/**
 * Changes the days of the rounds in a plan, and adds one where `added` names it. It opens and plans nothing.
 * @throws DomainError not_found (no such round in the plan), forbidden, changed_meanwhile, planned_round_exists
 */
export function saveRounds(
  db: Db,
  actor: Actor,
  cohortId: string,
  days: readonly RoundDay[],
  added: Omit<RoundDay, 'version'> | null,
): Promise<void> {
  return changing(db, actor, cohortId, 'round', async (trx) => {
    const known = new Map((await queries.listRounds(trx, cohortId)).map((round) => [round.name, round]));
    for (const { name, version, year, onDay } of days) {
      const round = known.get(name);
      if (!round) throw new DomainError('not_found');
      if (round.year === year && round.onDay === onDay) continue;
      assertDone(await queries.updateRound(trx, { cohortId, name, version }, { ...round, year, onDay }));
    }
    if (added === null) return;
    if (known.has(added.name)) throw new DomainError('planned_round_exists');
    await queries.insertRounds(trx, cohortId, [added]);
  });
}

/**
 * Cancels what is planned, or puts it back. It keeps its place in the plan; what was said of it stays.
 * @throws DomainError not_found, forbidden, changed_meanwhile
 */
export function setCancelled(
  db: Db,
  actor: Actor,
  cohortId: string,
  kind: PlanKind,
  seen: Seen,
  isCancelled: boolean,
): Promise<void> {
  const cancelledAt = isCancelled ? nowIso() : null;
  return changing(db, actor, cohortId, kind, async (trx) => {
    if (kind === 'round') {
      const round = (await queries.listRounds(trx, cohortId)).find(({ name }) => name === seen.id);
      if (!round) throw new DomainError('not_found');
      return assertDone(await queries.updateRound(trx, { ...round, version: seen.version }, { ...round, cancelledAt }));
    }
    const find = kind === 'session' ? queries.findSession : queries.findAssignment;
    assertOwn(await find(trx, seen.id), cohortId);
    assertDone(await queries.setCancelled(trx, TABLES[kind], seen, cancelledAt));
  });
}

/** A session of this cohort, of which the caller has asked whether the reader may. @throws DomainError not_found */
export async function ownSession(db: Db, cohortId: string, id: string): Promise<queries.TrainingSession> {
  return assertOwn(await queries.findSession(db, id), cohortId);
}

/** Whether it is filled in who was at a session, or people were asked how useful it was: then its day stays. */
export async function isHeld(db: Db, { id, cohortId }: { id: string; cohortId: string }): Promise<boolean> {
  return (await queries.listHeld(db, cohortId, id)).size > 0;
}

/** An assignment of this cohort, likewise. @throws DomainError not_found */
export async function ownAssignment(db: Db, cohortId: string, id: string): Promise<queries.Assignment> {
  return assertOwn(await queries.findAssignment(db, id), cohortId);
}

/** An assignment by its id alone; whose it is and who may know is the caller's to ask. @throws DomainError not_found */
export async function anyAssignment(db: Db, id: string): Promise<queries.Assignment> {
  const found = await queries.findAssignment(db, id);
  if (!found) throw new DomainError('not_found');
  return found;
}

function changing(
  db: Db,
  actor: Actor,
  cohortId: string,
  what: PlanKind,
  work: (trx: Db) => Promise<void>,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await cohorts.get(trx, actor, cohortId);
    await work(trx);
    await audit.record(trx, actor, 'plan.changed', { type: 'cohort', id: cohortId }, { planned: what });
  });
}

function assertOwn<T extends { cohortId: string }>(found: T | undefined, cohortId: string): T {
  if (found?.cohortId !== cohortId) throw new DomainError('not_found');
  return found;
}

function assertDone(isDone: boolean): void {
  if (!isDone) throw new DomainError('changed_meanwhile');
}
