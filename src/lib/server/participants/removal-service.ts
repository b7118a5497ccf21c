import { createHash } from 'node:crypto';
import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as registrations from '#lib/server/registrations/kept-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as queries from './removal-queries.ts';

/** What would go with a cohort. */
type Going = {
  cohort: cohorts.Cohort;
  /**
   * Why it stays: a round was opened; or of its sessions and assignments something is filled in, asked or handed in, or
   * somebody wrote an action plan. Null: it may go.
   */
  kept: 'cohort_in_use' | 'cohort_lived' | null;
  schools: number;
  rounds: number;
  /** Of its plan, also what was cancelled. */
  sessions: number;
  assignments: number;
  /** Schools that registered and did not withdraw. */
  registered: number;
  /** Another after every change of the cohort, its schools and teams, its rounds and their dates, its plan, and who registered. */
  version: string;
};

/**
 * What deleting a cohort would take along, as its trainer is to see it first.
 * @throws DomainError not_found, forbidden
 */
export async function whatGoes(db: Db, actor: Actor, cohortId: string): Promise<Going> {
  const cohort = await cohorts.get(db, actor, cohortId);
  const series = await cohorts.listSeries(db, cohortId);
  const planned = await rounds.list(db, cohortId);
  const plan = await plans.planOfCohort(db, cohortId);
  const seen = (all: readonly { id: string; version: number }[]) => all.map(({ id, version }) => [id, version]);
  const days = plan.rounds.map(({ name, version }) => [name, version]);
  const registered = await registrations.listStanding(db, cohortId);
  const ofPlan = [seen(plan.sessions), seen(plan.assignments), days];
  const state = [cohort.version, seen(series), seen(planned), ...ofPlan, seen(registered)];
  return {
    cohort,
    kept: await whyKept(db, cohortId),
    schools: series.length,
    rounds: planned.length,
    sessions: plan.sessions.length,
    assignments: plan.assignments.length,
    registered: registered.length,
    version: createHash('sha256').update(JSON.stringify(state)).digest('base64url'),
  };
}

/** Why a cohort can not be deleted; null where it can. The caller has asked whether the reader may see it. */
export async function whyKept(db: Db, cohortId: string): Promise<Going['kept']> {
  if ((await rounds.list(db, cohortId)).some(({ status }) => status !== 'planned')) return 'cohort_in_use';
  return (await queries.isLived(db, cohortId)) ? 'cohort_lived' : null;
}

/**
 * Deletes a cohort with its plan, planned rounds and teams, and the people and schools that nothing else knows.
 * @param version that of `whatGoes` as the trainer saw it
 * @throws DomainError not_found, forbidden, cohort_in_use (a round was opened), cohort_lived (attendance is filled in,
 *   people were asked how useful a session was, something was handed in, or somebody wrote an action plan),
 *   changed_meanwhile (something would go that the trainer has not seen)
 */
export async function remove(db: Db, actor: Actor, cohortId: string, version: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    const going = await whatGoes(trx, actor, cohortId);
    if (going.kept !== null) throw new DomainError(going.kept);
    if (going.version !== version) throw new DomainError('changed_meanwhile');
    const hanging = await queries.listHanging(trx, cohortId);
    await queries.deleteCohort(trx, cohortId);
    await queries.deleteForgotten(trx, hanging);
    await audit.record(trx, actor, 'cohort.removed', { type: 'cohort', id: cohortId });
  });
}
