import * as actionPlans from '#lib/server/action-plans/kept-service.ts';
import * as attendance from '#lib/server/attendance/kept-service.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as calendar from '#lib/server/calendar/service.ts';
import { dayOf, hourOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as handIns from '#lib/server/hand-ins/kept-service.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import * as registrations from '#lib/server/registrations/kept-service.ts';
import * as usefulness from '#lib/server/usefulness/kept-service.ts';
import * as clearing from './clear-queries.ts';
import { dueOn, nextStep, type Policy } from './due-rule.ts';
import * as queries from './queries.ts';

/** Nobody is mailed in the night. */
const FROM_HOUR = 8;

const SCHEDULE = { kind: 'operator' } as const;

/**
 * Announces what is due a month ahead, and takes away names, addresses and remarks once it is due (due-rule.ts). Harmless to
 * run twice, or in two processes at once: the first write of each transaction takes the cohort. A cohort that breaks holds
 * up no other.
 * @returns what was done, for the log of jobs: "announced 1, cleared 0"
 * @throws Error at the end, with the ids of the cohorts that broke
 */
export async function runRetention(db: Db, now: Date): Promise<string> {
  const done = { announce: 0, clear: 0 };
  const broken = new Map<string, unknown>();
  const today = dayOf(now);
  const cohorts = hourOf(now) < FROM_HOUR ? [] : await queries.listCohorts(db);
  for (const cohort of cohorts) {
    const step = nextStep(cohort.policy, cohort.standing, today);
    if (step === null) continue;
    const due = dueOn(cohort.policy, cohort.standing);
    const work = step === 'announce' ? announce : clear;
    try {
      if (await db.transaction().execute((trx) => work(trx, cohort, due, now))) done[step] += 1;
    } catch (cause) {
      broken.set(cohort.id, cause);
    }
  }
  if (broken.size > 0) {
    const [cause] = broken.values();
    throw new Error(`retention failed for the cohorts ${[...broken.keys()].join(', ')}`, { cause });
  }
  return `announced ${done.announce}, cleared ${done.clear}`;
}

const announcementsOf = (cohortId: string) => `retention:${cohortId}:`;

/** @returns whether it was for this process to do */
async function announce(trx: Db, { id: cohortId }: queries.Kept, due: string, now: Date): Promise<boolean> {
  const today = dayOf(now);
  if (!(await queries.announce(trx, cohortId, { on: today, for: due }))) return false;
  const mail = (
    to: { userId: string } | { personId: string },
    reader: 'trainer' | 'admin' | 'school',
  ): outbox.NewMail => {
    const about = { kind: 'retention', cohort: cohortId, reader };
    const onceKey = `${announcementsOf(cohortId)}${due}:${today}:${'userId' in to ? to.userId : to.personId}`;
    return { template: 'trainer_summary', to, about, roundId: null, onceKey };
  };
  const told = await queries.listTold(trx, cohortId);
  const readers = await queries.listReaders(trx, cohortId);
  const mails = [
    ...told.map(({ userId, isTrainer }) => mail({ userId }, isTrainer ? 'trainer' : 'admin')),
    ...readers.map((personId) => mail({ personId }, 'school')),
  ];
  await outbox.enqueueAll(trx, mails, now);
  const detail = { by: 'schedule' };
  await audit.record(trx, SCHEDULE, 'retention.announced', { type: 'cohort', id: cohortId }, detail);
  return true;
}

/** @returns whether it was for this process to do */
async function clear(trx: Db, { id: cohortId, policy }: queries.Kept, due: string, now: Date): Promise<boolean> {
  const { answers } = policy;
  if (!(await queries.clear(trx, cohortId, { on: dayOf(now), answers }, due))) return false;
  const people = await takeAway(trx, cohortId, answers, now);
  const detail = { people, ...(answers === 'erased' ? { answers } : {}), by: 'schedule' };
  await audit.record(trx, SCHEDULE, 'retention.cleared', { type: 'cohort', id: cohortId }, detail);
  return true;
}

/**
 * The same in a copy that is about to be put back and was made before: the journal says that the cohort was cleared at this
 * moment (ISO 8601). Harmless where it was cleared in the copy, or is not in it.
 */
export async function clearAgain(trx: Db, cohortId: string, at: string, answers: Policy['answers']): Promise<void> {
  const isNew = await queries.clearAsBefore(trx, cohortId, { on: dayOf(new Date(at)), answers });
  if (isNew) await takeAway(trx, cohortId, answers, new Date(at));
}

/** @returns how many people are no longer known */
async function takeAway(trx: Db, cohortId: string, answers: Policy['answers'], now: Date): Promise<number> {
  await clearing.deleteUnsent(trx, cohortId);
  await clearing.deleteRemarks(trx, cohortId);
  await clearing.deleteShownRemarks(trx, cohortId);
  await clearing.deleteSessionNotes(trx, cohortId);
  await clearing.deleteProposalReasons(trx, cohortId);
  await clearing.deleteProgrammeNotes(trx, cohortId);
  await attendance.clearCohort(trx, cohortId, now);
  await usefulness.clearCohort(trx, cohortId);
  await actionPlans.clearCohort(trx, cohortId);
  await handIns.clearCohort(trx, cohortId);
  await registrations.clearCohort(trx, cohortId);
  await calendar.endAll(trx, { cohortId });
  await clearing.endLinks(trx, cohortId);
  if (answers === 'erased') await clearing.deleteAnswers(trx, cohortId);
  await clearing.deleteMail(trx, cohortId, announcementsOf(cohortId));
  const people = await clearing.listForgotten(trx, cohortId);
  await clearing.forgetPeople(trx, people);
  return people.length;
}
