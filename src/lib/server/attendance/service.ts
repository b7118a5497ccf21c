import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import { countPresence, stateOf, type Counts, type Presence, type SessionState } from '#lib/programme/attendance.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { ownSession } from '#lib/server/programmes/plan-changes-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import { attendeesOf, counting, endsOf, type Attendee } from './people.ts';
import * as queries from './queries.ts';

export type { Attendee } from './people.ts';

/** A session with how many were there, and where it stands. */
export type SessionInBrief = plans.TrainingSession & { counts: Counts; state: SessionState };

/** A session with everybody who takes part. */
export type OpenSession = {
  cohort: cohorts.Cohort;
  session: SessionInBrief;
  /** Those who count, by school. */
  people: Attendee[];
  /** Whoever joined later or had left, and is not filled in. */
  others: Attendee[];
  /** The cohort's latest closed round, of whose figures the next session is made; null where there is none. */
  latestClosed: { id: string; name: string } | null;
};

/**
 * Every session of a cohort in the order of time, for its trainer.
 * @throws DomainError not_found, forbidden
 */
export async function list(db: Db, actor: Actor, cohortId: string, now: Date): Promise<SessionInBrief[]> {
  await cohorts.get(db, actor, cohortId);
  return allInBrief(await withPeople(db, cohortId), now);
}

/** A session with those who count in it. */
export type LivedSession = { session: plans.TrainingSession; people: Attendee[] };

/** The same of sessions that were read with their people. */
export function allInBrief(lived: readonly LivedSession[], now: Date): SessionInBrief[] {
  return lived.map(({ session, people }) => inBrief(session, people, now));
}

/** Every session of a cohort with those who count in it, in the order of time. The caller has seen to the right to know. */
export async function withPeople(db: Db, cohortId: string): Promise<LivedSession[]> {
  const places = await queries.listPlaces(db, cohortId);
  const { sessions, templateId } = await plans.planOfCohort(db, cohortId);
  const withDirectors = await takesPairs(db, templateId);
  const marks = Map.groupBy(await queries.listMarks(db, cohortId), ({ sessionId }) => sessionId);
  return sessions.map((session) => ({
    session,
    people: counting(attendeesOf(session, places, marks.get(session.id) ?? [], withDirectors)),
  }));
}

/** When each of those stopped who take part no longer (ISO 8601, by person). The caller has seen to the right to know. */
export async function endsIn(db: Db, cohortId: string): Promise<Map<string, string>> {
  const { templateId } = await plans.planOfCohort(db, cohortId);
  return endsOf(await queries.listPlaces(db, cohortId), await takesPairs(db, templateId));
}

/** Whoever takes part in a cohort at a moment. The caller has seen to the right to know. */
export async function takingPart(db: Db, cohortId: string, now: Date): Promise<Attendee[]> {
  const [people = []] = await peopleAt(db, cohortId, [now]);
  return people.filter(({ isExpected }) => isExpected);
}

/**
 * Everybody who ever took part in a cohort as they stand towards each of these moments (`isExpected`: took part then), read
 * once for all of them. The caller has seen to the right to know.
 */
export async function peopleAt(db: Db, cohortId: string, moments: readonly Date[]): Promise<Attendee[][]> {
  const { templateId } = await plans.planOfCohort(db, cohortId);
  const places = await queries.listPlaces(db, cohortId);
  const withDirectors = await takesPairs(db, templateId);
  return moments.map((moment) => attendeesOf({ startsAt: moment.toISOString() }, places, [], withDirectors));
}

/**
 * One session for the cohort's trainer.
 * @throws DomainError not_found (also of another cohort), forbidden
 */
export async function open(db: Db, actor: Actor, cohortId: string, sessionId: string, now: Date): Promise<OpenSession> {
  const cohort = await cohorts.get(db, actor, cohortId);
  const session = await ownSession(db, cohortId, sessionId);
  const all = await attendees(db, session);
  const people = counting(all);
  return {
    ...{ cohort, session: inBrief(session, people, now), people },
    others: all.filter((each) => !people.includes(each)),
    latestClosed: (await queries.findLatestClosed(db, cohortId)) ?? null,
  };
}

/** What is filled in for somebody; null undoes it. `seen` is what the page showed: two trainers may fill in at once. */
export type Mark = { personId: string; seen: Presence | null; presence: Presence | null };

/**
 * Fills in whether somebody was there. The same again changes nothing.
 * @throws DomainError not_found, forbidden, session_ahead, session_cancelled, changed_meanwhile (somebody filled in
 *   something else since)
 */
export async function mark(
  db: Db,
  actor: Actor,
  cohortId: string,
  sessionId: string,
  { personId, seen, presence }: Mark,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const all = await fillable(trx, actor, cohortId, sessionId, now);
    const person = all.find((each) => each.personId === personId);
    if (!person) throw new DomainError('not_found');
    if (person.presence === presence) return;
    if (person.presence !== seen) throw new DomainError('changed_meanwhile');
    if (presence === null) await queries.deleteMark(trx, sessionId, personId);
    else await queries.putMark(trx, { sessionId, personId, role: person.role, presence }, now.toISOString());
    const object = { type: 'training_session', id: sessionId } as const;
    await audit.record(trx, actor, 'attendance.marked', object, { person: personId });
  });
}

/**
 * Fills in that everybody was there of whom nothing is filled in yet.
 * @returns how many
 * @throws DomainError not_found, forbidden, session_ahead, session_cancelled
 */
export async function markRest(db: Db, actor: Actor, cohortId: string, sessionId: string, now: Date): Promise<number> {
  return inTransaction(db, async (trx) => {
    const all = await fillable(trx, actor, cohortId, sessionId, now);
    const rest = all.filter(({ isExpected, presence }) => isExpected && presence === null);
    for (const { personId, role } of rest) {
      await queries.putMark(trx, { sessionId, personId, role, presence: 'present' }, now.toISOString());
    }
    const object = { type: 'training_session', id: sessionId } as const;
    if (rest.length > 0) await audit.record(trx, actor, 'attendance.rest_marked', object, { people: rest.length });
    return rest.length;
  });
}

/**
 * That a session is in a cohort of this trainer.
 * @throws DomainError not_found (also of another cohort), forbidden
 */
export async function assertOwn(db: Db, actor: Actor, cohortId: string, sessionId: string): Promise<void> {
  await cohorts.get(db, actor, cohortId);
  await ownSession(db, cohortId, sessionId);
}

/** Whether directors take part in a cohort's programme too: in one for pairs they do. */
async function takesPairs(db: Db, templateId: string | null): Promise<boolean> {
  return templateId !== null && (await templates.load(db, templateId)).template.places.pairs;
}

/** Everybody of whom something may be filled in now: from the day itself on, for a list is often made at the door. */
async function fillable(trx: Db, actor: Actor, cohortId: string, sessionId: string, now: Date): Promise<Attendee[]> {
  await cohorts.get(trx, actor, cohortId);
  const session = await ownSession(trx, cohortId, sessionId);
  if (session.cancelledAt !== null) throw new DomainError('session_cancelled');
  if (!mayFillIn(session, now)) throw new DomainError('session_ahead');
  return attendees(trx, session);
}

/** Hours before a session from which its list can be filled in: people come early, and a clock may be off. */
const EARLY_HOURS = 12;

/** Whether the list of a session that is not cancelled can be filled in at a moment. */
export function mayFillIn({ startsAt }: Pick<plans.TrainingSession, 'startsAt'>, now: Date): boolean {
  return now.getTime() >= Date.parse(startsAt) - EARLY_HOURS * 3_600_000;
}

async function attendees(db: Db, session: plans.TrainingSession): Promise<Attendee[]> {
  const { id, cohortId } = session;
  const places = await queries.listPlaces(db, cohortId);
  const { templateId } = await plans.planOfCohort(db, cohortId);
  return attendeesOf(session, places, await queries.listMarks(db, cohortId, id), await takesPairs(db, templateId));
}

function inBrief(session: plans.TrainingSession, people: readonly Attendee[], now: Date): SessionInBrief {
  const counts = countPresence(people.map(({ presence }) => presence));
  return { ...session, counts, state: stateOf(session, counts.open, now.toISOString()) };
}
