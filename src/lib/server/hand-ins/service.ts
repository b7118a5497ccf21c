import { DomainError } from '#lib/errors.ts';
import { may, type Actor, type UserActor } from '#lib/permissions.ts';
import { mayHandIn, standingOf, type Standing } from '#lib/programme/hand-in.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import * as audit from '#lib/server/audit/service.ts';
import { dayOf, startOfDay } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import { anyAssignment } from '#lib/server/programmes/plan-changes-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as retention from '#lib/server/retention/service.ts';
import { kindOf } from './file-check.ts';
import { shownName } from './file-name.ts';
import * as queries from './queries.ts';

export type { FileHead, HandIn, StoredFile } from './queries.ts';

/** The side of whoever hands in: the IB'er, and in a programme for pairs the director. */

/** An assignment of somebody, and where that stands. */
export type OwnAssignment = {
  assignment: plans.Assignment;
  cohort: { id: string; name: string };
  standing: Standing;
  /** Whether the term of the cohort is over: nothing can be handed in or taken back any more. */
  isOver: boolean;
  /** Null: nothing was handed in. */
  handIn: queries.HandIn | null;
  /** What a form sends along to say what it was made from; '' for nothing. */
  stamp: string;
};

/**
 * The assignments of somebody by cohort, by the day on which they are due: of those cohorts in which somebody took part on
 * that day. What was cancelled, or is of a cohort whose term is over, is there only where something was handed in for it. Cohorts
 * without any are there too, and nothing for an account of no person.
 */
export async function listOwn(
  db: Db,
  actor: UserActor,
  now: Date,
): Promise<{ cohort: OwnAssignment['cohort']; assignments: OwnAssignment[] }[]> {
  const { personId } = actor;
  if (personId === null) return [];
  const handIns = new Map((await queries.listHandIns(db, { personId })).map((each) => [each.assignmentId, each]));
  const found = [];
  for (const cohortId of await queries.listCohortsOf(db, personId)) {
    const { cohortName, assignments } = await plans.planOfCohort(db, cohortId);
    const cohort = { id: cohortId, name: cohortName };
    const isOver = await retention.isOver(db, cohortId);
    const people = await attendance.peopleAt(db, cohortId, assignments.map(dueAt));
    const own = assignments.filter(({ id, cancelledAt }, at) => {
      const isExpected = people[at]?.some((each) => each.personId === personId && each.isExpected) ?? false;
      return handIns.has(id) || (cancelledAt === null && !isOver && isExpected);
    });
    const toOwnOf = (each: plans.Assignment) => toOwn(each, cohort, isOver, handIns.get(each.id) ?? null, now);
    found.push({ cohort, assignments: own.map(toOwnOf) });
  }
  return found;
}

/**
 * One assignment of somebody, also one that was cancelled: whoever was writing then is told so, and keeps what was typed.
 * @throws DomainError not_found; forbidden for who did not take part on the day that it is due, and handed nothing in
 */
export async function open(db: Db, actor: Actor, assignmentId: string, now: Date): Promise<OwnAssignment> {
  const assignment = await anyAssignment(db, assignmentId);
  const personId = actor.kind === 'user' ? actor.personId : null;
  const handIn = personId === null ? undefined : await queries.findHandIn(db, assignmentId, personId);
  const [people = []] = await attendance.peopleAt(db, assignment.cohortId, [dueAt(assignment)]);
  const expected = people.filter(({ isExpected }) => isExpected);
  const participants = [...expected.map((each) => each.personId), ...(handIn ? [handIn.personId] : [])];
  if (!may(actor, 'take_part', { participants })) throw new DomainError('forbidden');
  const { cohortName } = await plans.planOfCohort(db, assignment.cohortId);
  const isOver = await retention.isOver(db, assignment.cohortId);
  return toOwn(assignment, { id: assignment.cohortId, name: cohortName }, isOver, handIn ?? null, now);
}

/** What somebody hands in. `file`: a new one, or whether the one that is there stays. */
export type Given = {
  stamp: string;
  text: string;
  link: string;
  file: { name: string; bytes: Uint8Array } | 'keep' | null;
};

/**
 * Hands in, or replaces what was handed in. The same once more changes nothing, whatever became of its answer.
 * @throws DomainError not_found, forbidden; cohort_cleared; hand_in_empty; hand_in_answered, hand_in_past, assignment_cancelled
 *   (it stays as it is); changed_meanwhile in another window; what kindOf throws of a file
 */
export async function handIn(db: Db, actor: UserActor, assignmentId: string, given: Given, now: Date): Promise<void> {
  // Looked at before the transaction, in which nothing is waited for but the database.
  const file = await toStored(given.file);
  await inTransaction(db, async (trx) => {
    const own = await open(trx, actor, assignmentId, now);
    if (own.isOver) throw new DomainError('cohort_cleared');
    const { handIn: before, assignment } = own;
    if (before && (await isSame(trx, before, { ...given, file }))) return;
    if (before?.feedback) throw new DomainError('hand_in_answered');
    if (assignment.cancelledAt !== null) throw new DomainError('assignment_cancelled');
    if (!mayHandIn(own.standing)) throw new DomainError('hand_in_past');
    if (given.stamp !== own.stamp) throw new DomainError('changed_meanwhile');
    const hasFile = file === 'keep' ? before !== null && before.file !== null : file !== null;
    if (given.text === '' && given.link === '' && !hasFile) throw new DomainError('hand_in_empty');
    const id = await store(trx, own, personOf(actor), given, now);
    if (file !== 'keep') await queries.setFile(trx, id, file);
    const object = { type: 'cohort', id: own.cohort.id } as const;
    await audit.record(trx, actor, 'assignment.handed_in', object, {
      assignment: assignmentId,
      person: personOf(actor),
    });
  });
}

async function store(
  trx: Db,
  { assignment, handIn: before }: OwnAssignment,
  personId: string,
  { text, link }: Given,
  now: Date,
): Promise<string> {
  const words = { text, link, handedInAt: now.toISOString() };
  if (before) {
    await queries.replaceHandIn(trx, before.id, words);
    return before.id;
  }
  const id = newId();
  await queries.insertHandIn(trx, { ...words, id, assignmentId: assignment.id, personId });
  return id;
}

/**
 * Takes back what was handed in, its file along. Once more is harmless.
 * @throws DomainError not_found, forbidden; cohort_cleared; hand_in_answered, hand_in_past; changed_meanwhile
 */
export async function withdraw(
  db: Db,
  actor: UserActor,
  assignmentId: string,
  stamp: string,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const own = await open(trx, actor, assignmentId, now);
    if (own.handIn === null) return;
    if (own.isOver) throw new DomainError('cohort_cleared');
    if (own.handIn.feedback) throw new DomainError('hand_in_answered');
    if (!mayHandIn(own.standing)) throw new DomainError('hand_in_past');
    if (stamp !== own.stamp) throw new DomainError('changed_meanwhile');
    await queries.deleteHandIn(trx, own.handIn.id);
    const object = { type: 'cohort', id: own.cohort.id } as const;
    await audit.record(trx, actor, 'assignment.withdrawn', object, {
      ...{ assignment: assignmentId, person: personOf(actor) },
    });
  });
}

/** Stores a text that somebody handed in; for the demonstration, in which nobody signs in to do so. @returns its id */
export async function fillIn(trx: Db, assignmentId: string, personId: string, text: string, at: Date): Promise<string> {
  const id = newId();
  await queries.insertHandIn(trx, { id, assignmentId, personId, text, link: '', handedInAt: at.toISOString() });
  return id;
}

/** The own file. @throws DomainError not_found, also where none was handed in; forbidden */
export async function ownFile(db: Db, actor: Actor, assignmentId: string, now: Date): Promise<queries.StoredFile> {
  const { handIn: own } = await open(db, actor, assignmentId, now);
  const file = own && (await queries.findFile(db, own.id));
  if (!file) throw new DomainError('not_found');
  return file;
}

/** The moment that says who is to hand in: whoever takes part as the day begins on which it is due, or joins on it. */
export function dueAt({ dueOn }: Pick<plans.Assignment, 'dueOn'>): Date {
  return startOfDay(dueOn) ?? new Date(dueOn);
}

function toOwn(
  assignment: plans.Assignment,
  cohort: OwnAssignment['cohort'],
  isOver: boolean,
  handIn: queries.HandIn | null,
  now: Date,
): OwnAssignment {
  const handedIn = handIn && { on: dayOf(new Date(handIn.handedInAt)), hasFeedback: handIn.feedback !== null };
  const standing = standingOf(assignment.dueOn, handedIn, dayOf(now));
  const stamp = handIn === null ? '' : `${handIn.id}:${handIn.version}`;
  return { assignment, cohort, standing, isOver, handIn, stamp };
}

type Stored = queries.StoredFile | 'keep' | null;

async function toStored(file: Given['file']): Promise<Stored> {
  if (file === null || file === 'keep') return file;
  const kind = await kindOf(file.bytes);
  return { name: shownName(file.name, kind), kind, bytes: file.bytes };
}

/** Whether this is what was handed in already: a form that was sent twice. */
async function isSame(
  db: Db,
  before: queries.HandIn,
  { text, link, file }: Omit<Given, 'file'> & { file: Stored },
): Promise<boolean> {
  if (before.text !== text || before.link !== link) return false;
  if (file === 'keep') return true;
  if (file === null || before.file === null) return file === before.file;
  if (file.name !== before.file.name || file.bytes.length !== before.file.size) return false;
  const kept = await queries.findFile(db, before.id);
  return kept !== undefined && Buffer.compare(kept.bytes, file.bytes) === 0;
}

/** Whoever may hand in is somebody in a team. */
function personOf({ personId }: UserActor): string {
  if (personId === null) throw new DomainError('forbidden');
  return personId;
}
