import { DomainError } from '#lib/errors.ts';
import type { Actor, UserActor } from '#lib/permissions.ts';
import { isLate } from '#lib/programme/hand-in.ts';
import type { Attendee } from '#lib/server/attendance/service.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import { ownAssignment } from '#lib/server/programmes/plan-changes-service.ts';
import type { Assignment } from '#lib/server/programmes/plan-service.ts';
import * as queries from './queries.ts';
import { dueAt } from './service.ts';

/** The side of the cohort's trainer: who handed in, what, and the feedback on it. */

/** Somebody of a cohort towards an assignment. */
export type Worker = Pick<Attendee, 'personId' | 'name' | 'role' | 'schools' | 'isExpected'> & {
  /** Null: nothing was handed in. */
  handIn: queries.HandIn | null;
  isLate: boolean;
};

export type OpenAssignment = {
  cohort: cohorts.Cohort;
  assignment: Assignment;
  /** Whoever is to hand in and whoever did, by school. */
  people: Worker[];
};

/**
 * An assignment with everybody's work, for the cohort's trainer.
 * @throws DomainError not_found (also of another cohort), forbidden
 */
export async function ofAssignment(
  db: Db,
  actor: Actor,
  cohortId: string,
  assignmentId: string,
): Promise<OpenAssignment> {
  const { people, ...rest } = await ofEverybody(db, actor, cohortId, assignmentId);
  return { ...rest, people: people.filter(({ isExpected, handIn }) => isExpected || handIn !== null) };
}

/** The same with whoever has nothing to do with it, since they took back what they handed in. */
async function ofEverybody(db: Db, actor: Actor, cohortId: string, assignmentId: string): Promise<OpenAssignment> {
  const cohort = await cohorts.get(db, actor, cohortId);
  const assignment = await ownAssignment(db, cohortId, assignmentId);
  const handIns = new Map((await queries.listHandIns(db, { assignmentId })).map((each) => [each.personId, each]));
  const [all = []] = await attendance.peopleAt(db, cohortId, [dueAt(assignment)]);
  const people = all.map(({ personId, name, role, schools, isExpected }): Worker => {
    const handIn = handIns.get(personId) ?? null;
    const isPast = handIn !== null && isLate(assignment.dueOn, dayOf(new Date(handIn.handedInAt)));
    return { personId, name, role, schools, isExpected, handIn, isLate: isPast };
  });
  return { cohort, assignment, people };
}

/** Which work and which feedback on it a form was made from. Work that is handed in anew after it was taken back is other work. */
export type SeenWork = { handInId: string; version: number; feedbackVersion: number };

export type OpenWork = Omit<OpenAssignment, 'people'> & { worker: Worker; seen: SeenWork };

/**
 * What one participant handed in, for the cohort's trainer; also who handed in nothing, for it may have been taken back while
 * the trainer wrote feedback.
 * @throws DomainError not_found, also for who never took part in the cohort; forbidden
 */
export async function openWork(
  db: Db,
  actor: Actor,
  { cohortId, assignmentId, personId }: { cohortId: string; assignmentId: string; personId: string },
): Promise<OpenWork> {
  const { people, ...rest } = await ofEverybody(db, actor, cohortId, assignmentId);
  const worker = people.find((each) => each.personId === personId);
  if (!worker) throw new DomainError('not_found');
  return { ...rest, worker, seen: seenOf(worker.handIn) };
}

function seenOf(handIn: queries.HandIn | null): SeenWork {
  if (handIn === null) return { handInId: '', version: 0, feedbackVersion: 0 };
  const { id: handInId, version, feedbackVersion } = handIn;
  return { handInId, version, feedbackVersion };
}

/** Whether words and file went with the term of the cohort: nobody hands in nothing. What is written about it now would never go. */
export function isGone({ text, link, file }: Pick<queries.HandIn, 'text' | 'link' | 'file'>): boolean {
  return text === '' && link === '' && file === null;
}

type At = Parameters<typeof openWork>[2];

/**
 * Stores feedback, over earlier feedback of the same trainer or another. The participant is mailed once for each time that
 * something was handed in; from then on the work stays as it is. The same once more changes nothing.
 * @throws DomainError not_found, forbidden; hand_in_withdrawn; changed_meanwhile where the work is another or the feedback
 *   changed since; cohort_cleared where the work went with the term of the cohort
 */
export async function giveFeedback(
  db: Db,
  actor: UserActor,
  at: At,
  seen: SeenWork,
  text: string,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { handIn } = (await openWork(trx, actor, at)).worker;
    if (handIn === null) throw new DomainError('hand_in_withdrawn');
    if (isGone(handIn)) throw new DomainError('cohort_cleared');
    if (handIn.feedback?.text === text) return;
    if (!isSame(seen, seenOf(handIn))) throw new DomainError('changed_meanwhile');
    await queries.setFeedback(trx, handIn.id, { text, at: now.toISOString(), by: actor.userId });
    const { cohortId, assignmentId, personId } = at;
    const object = { type: 'cohort', id: cohortId } as const;
    await audit.record(trx, actor, 'assignment.feedback_given', object, { assignment: assignmentId, person: personId });
    const about = { handIn: handIn.id };
    const onceKey = `feedback:${handIn.id}:${handIn.version}`;
    await outbox.enqueue(trx, { template: 'feedback_given', to: { personId }, about, roundId: null, onceKey }, now);
  });
}

function isSame(seen: SeenWork, now: SeenWork): boolean {
  const isSameWork = seen.handInId === now.handInId && seen.version === now.version;
  return isSameWork && seen.feedbackVersion === now.feedbackVersion;
}

/**
 * The file that a participant handed in. Written to the log before it is handed over: it goes on without the guard of a page.
 * @throws DomainError not_found, also where there is no file; forbidden
 */
export async function fileOf(db: Db, actor: Actor, at: At): Promise<queries.StoredFile> {
  const { handIn } = (await openWork(db, actor, at)).worker;
  const file = handIn && (await queries.findFile(db, handIn.id));
  if (!file) throw new DomainError('not_found');
  const { cohortId, assignmentId, personId } = at;
  const object = { type: 'cohort', id: cohortId } as const;
  await audit.record(db, actor, 'assignment.file_downloaded', object, { assignment: assignmentId, person: personId });
  return file;
}
