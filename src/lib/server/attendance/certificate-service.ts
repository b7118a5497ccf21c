import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import { hoursDone } from '#lib/programme/attendance.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as attendance from './service.ts';

/** What a certificate of attendance says of somebody: the sessions at which the person was, and nothing of how. */
export type Certificate = {
  name: string;
  cohort: string;
  programme: string | null;
  partnership: string | null;
  /** In the order of time; hours are those of the plan. */
  attended: { year: number; title: string; startsAt: string; hours: number }[];
  /** The hours of all of them. */
  hours: number;
  /** Sessions that are still to come or go on for this person, and those that are over with nothing filled in. */
  ahead: number;
  open: number;
  /** When the person stopped (ISO 8601), where sessions came after that; null: took part to the end, or still does. */
  until: string | null;
};

/** Whether a certificate is of the whole programme, and stays as it is. */
export function isWhole({ ahead, open, until }: Pick<Certificate, 'ahead' | 'open' | 'until'>): boolean {
  return ahead + open === 0 && until === null;
}

/**
 * The certificate of a participant, for the cohort's trainer.
 * @throws DomainError not_found (also of who never took part), forbidden; nothing_attended
 */
export async function ofParticipant(
  db: Db,
  actor: Actor,
  cohortId: string,
  personId: string,
  now: Date,
): Promise<Certificate> {
  await cohorts.get(db, actor, cohortId);
  return certificateOf(db, cohortId, personId, await livedIn(db, cohortId), now);
}

/** The own certificate. @throws DomainError not_found, forbidden (takes no part in it); nothing_attended */
export async function own(db: Db, actor: Actor, cohortId: string, now: Date): Promise<Certificate> {
  const lived = await livedIn(db, cohortId);
  const participants = lived.sessions.flatMap(({ people }) => people.map(({ personId }) => personId));
  if (!may(actor, 'take_part', { participants })) throw new DomainError('forbidden');
  const personId = actor.kind === 'user' ? actor.personId : null;
  return certificateOf(db, cohortId, personId ?? '', lived, now);
}

/** Of what a certificate is: the whole programme, the part until somebody stopped, or as things stand so far. */
export type CertificateKind = 'whole' | 'part' | 'so_far';

function kindOf(lived: Pick<Certificate, 'ahead' | 'open' | 'until'>): CertificateKind {
  if (isWhole(lived)) return 'whole';
  return lived.until === null ? 'so_far' : 'part';
}

/** Whether somebody can have a certificate now, and of what. Null: not yet. */
export async function standing(
  db: Db,
  cohortId: string,
  personId: string,
  now: Date,
): Promise<{ kind: CertificateKind } | null> {
  const lived = livedBy(personId, await livedIn(db, cohortId), now);
  return lived.attended.length === 0 ? null : { kind: kindOf(lived) };
}

/** Everybody of a cohort who can have a certificate now, for its trainer. The caller has asked whether the reader may. */
export async function listOf(
  db: Db,
  cohortId: string,
  now: Date,
): Promise<{ personId: string; name: string; schools: string[]; kind: CertificateKind }[]> {
  const lived = await livedIn(db, cohortId);
  const people = new Map(
    lived.sessions.flatMap((each) => each.people.map((person) => [person.personId, person] as const)),
  );
  return [...people.values()].flatMap(({ personId, name, schools }) => {
    const own = livedBy(personId, lived, now);
    return name === null || own.attended.length === 0 ? [] : [{ personId, name, schools, kind: kindOf(own) }];
  });
}

/** The sessions of a cohort with those who count in them, and when whoever takes part no longer stopped. */
type Lived = { sessions: attendance.LivedSession[]; ends: Map<string, string> };

async function livedIn(db: Db, cohortId: string): Promise<Lived> {
  return { sessions: await attendance.withPeople(db, cohortId), ends: await attendance.endsIn(db, cohortId) };
}

async function certificateOf(db: Db, cohortId: string, personId: string, all: Lived, now: Date): Promise<Certificate> {
  const { programmeName: programme, partnershipName: partnership, name: cohort } = await cohorts.describe(db, cohortId);
  const lived = livedBy(personId, all, now);
  // A name that was taken away is on no certificate.
  if (lived.name === null) throw new DomainError('not_found');
  if (lived.attended.length === 0) throw new DomainError('nothing_attended');
  return { ...lived, name: lived.name, cohort, programme, partnership };
}

function livedBy(personId: string, { sessions, ends }: Lived, now: Date) {
  const at = now.toISOString();
  const held = sessions.filter(({ session }) => session.cancelledAt === null);
  const own = held.flatMap(({ session, people }) => {
    const person = people.find((each) => each.personId === personId);
    return person ? [{ session, person, isOver: session.endsAt <= at }] : [];
  });
  const left = ends.get(personId) ?? null;
  // Who had left is not expected, so such a session stands with the own only where the person came all the same.
  const isMissed =
    left !== null &&
    held.some(({ session, people }) => session.startsAt >= left && people.every((each) => each.personId !== personId));
  const over = own.filter(({ isOver }) => isOver);
  const present = over.filter(({ person }) => person.presence === 'present');
  return {
    name: own[0]?.person.name ?? null,
    attended: present.map(({ session: { year, title, startsAt, hours } }) => ({ year, title, startsAt, hours })),
    hours: hoursDone(present.map(({ session, person }) => ({ hours: session.hours, presence: person.presence }))),
    ahead: own.length - over.length,
    open: over.filter(({ person }) => person.presence === null).length,
    until: isMissed ? left : null,
  };
}
