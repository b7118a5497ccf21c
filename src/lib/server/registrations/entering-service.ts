import { DomainError } from '#lib/errors.ts';
import { goesOn, isSameSchool, isTaking, MOST_SCHOOLS } from '#lib/programme/registration.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, newId, registrationToken } from '#lib/server/ids.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as entries from './entry-queries.ts';
import { tell, tellAddresses } from './mails.ts';
import * as queries from './queries.ts';
import { peopleOf } from './service.ts';

/** The side of a school: the link that is shared, where it registers, and the own link, where it changes that. No account. */

const SCHOOL = { kind: 'visitor' } as const;

/**
 * What whoever has the link reads of a registration. No school is named, and no number told: registering one that is there already
 * would leave it as it was.
 */
export type Invitation = queries.Registration & {
  isTaking: boolean;
  /** Whether fewer people are registered than are wanted, and whether as many as there is room for. */
  isBelow: boolean;
  isFull: boolean;
  /** What is planned, in the order of time. */
  sessions: { title: string; startsAt: string; endsAt: string }[];
};

/** Where a link leads: to registering for a cohort, or to what a school registered. */
export type Followed = { cohortId: string; cohortName: string } & (
  { kind: 'register'; isTaking: boolean } | { kind: 'own'; entryId: string; schoolName: string }
);

/**
 * What a link is for. Changes nothing: mail scanners open links too.
 * @throws DomainError link_unknown, the same for one that never was and one that another took the place of
 */
export async function follow(db: Db, token: string, now: Date): Promise<Followed> {
  const tokenHash = hashToken(token);
  const shared = await queries.findByTokenHash(db, tokenHash);
  if (shared) {
    const { cohortId, cohortName } = shared;
    return { kind: 'register', cohortId, cohortName, isTaking: isTaking(shared, dayOf(now)) };
  }
  const entry = await entries.findByTokenHash(db, tokenHash);
  const registration = entry && (await queries.find(db, entry.cohortId));
  if (!entry || !registration) throw new DomainError('link_unknown');
  const { cohortId, cohortName } = registration;
  return { kind: 'own', cohortId, cohortName, entryId: entry.id, schoolName: entry.school.name };
}

/**
 * The registration that a shared link opens.
 * @throws DomainError link_unknown, also once another link took its place
 */
export async function openShared(db: Db, cohortId: string, token: string | undefined, now: Date): Promise<Invitation> {
  const registration = token === undefined ? undefined : await queries.findByTokenHash(db, hashToken(token), cohortId);
  if (!registration) throw new DomainError('link_unknown');
  const standing = (await entries.list(db, cohortId)).filter(({ withdrawnAt }) => withdrawnAt === null);
  const registered = standing.reduce((sum, entry) => sum + peopleOf(entry, registration.pairs), 0);
  const { minPeople, maxPeople } = registration;
  const { sessions } = await plans.planOfCohort(db, cohortId);
  return {
    ...registration,
    isTaking: isTaking(registration, dayOf(now)),
    isBelow: minPeople !== null && registered < minPeople,
    isFull: maxPeople !== null && registered >= maxPeople,
    sessions: sessions
      .filter(({ cancelledAt }) => cancelledAt === null)
      .map(({ title, startsAt, endsAt }) => ({ title, startsAt, endsAt })),
  };
}

/**
 * Registers a school, and mails its own link to the IB'er and director. A school or an IB'er that is registered already
 * stays as it is: those who registered it are mailed their link once more, at most once a day, and whoever asks learns nothing.
 * @throws DomainError link_unknown, registration_closed, registration_full
 */
export async function register(
  db: Db,
  secret: string,
  cohortId: string,
  token: string | undefined,
  typed: entries.Given,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const registration = await openShared(trx, cohortId, token, now);
    if (!registration.isTaking) throw new DomainError('registration_closed');
    const given = normalized(typed);
    const standing = (await entries.list(trx, cohortId)).filter(({ withdrawnAt }) => withdrawnAt === null);
    const known = standing.find((entry) => isAlike(entry, given));
    if (known) return tell(trx, known, 'known', dayOf(now), now, { secret });
    if (standing.length >= MOST_SCHOOLS) throw new DomainError('registration_full');
    const id = newId();
    const tokenHash = hashToken(registrationToken(secret, id, 1));
    const dated = { arrivedAt: now.toISOString(), goesOn: goesOn(registration.startsOn) };
    await entries.insert(trx, { id, cohortId, tokenHash, ...dated }, given);
    await audit.record(trx, SCHOOL, 'registration.entered', { type: 'cohort', id: cohortId });
    await tell(trx, await assertEntry(trx, id), 'received', '1', now, { secret });
  });
}

/** What a school reads of its own registration. */
export type Own = { entry: entries.Entry; registration: queries.Registration; mayChange: boolean };

/**
 * The registration of a school by its own link.
 * @throws DomainError link_unknown, also once the link went to another address
 */
export async function openOwn(db: Db, entryId: string, token: string | undefined): Promise<Own> {
  const entry = token === undefined ? undefined : await entries.findByTokenHash(db, hashToken(token));
  const registration = entry && (await queries.find(db, entry.cohortId));
  if (!entry || entry.id !== entryId || !registration) throw new DomainError('link_unknown');
  return { entry, registration, mayChange: entry.withdrawnAt === null && entry.placedAt === null };
}

/**
 * Changes what a school registered, as long as it has no place: then it is in the cohort, which is its trainer's. Its turn
 * stays. With another address of the IB'er the link ends, and a new one goes there; the address before it is told.
 * @param version that of the registration as the school saw it
 * @returns the token that is good from now on
 * @throws DomainError link_unknown, changed_meanwhile, registration_placed, registration_withdrawn, registration_taken
 *   (another registration has this school or IB'er)
 */
export async function change(
  db: Db,
  secret: string,
  at: { entryId: string; token: string | undefined; version: number },
  typed: entries.Given,
  now: Date,
): Promise<string> {
  return inTransaction(db, async (trx) => {
    const { entry } = await openOwn(trx, at.entryId, at.token);
    if (entry.withdrawnAt !== null || entry.ib === null) throw new DomainError('registration_withdrawn');
    if (entry.placedAt !== null) throw new DomainError('registration_placed');
    const given = normalized(typed);
    const others = (await entries.list(trx, entry.cohortId)).filter(
      ({ id, withdrawnAt }) => id !== entry.id && withdrawnAt === null,
    );
    if (others.some((other) => isAlike(other, given))) throw new DomainError('registration_taken');
    const isMoved = given.ib.email !== entry.ib.email;
    const generation = entry.generation + (isMoved ? 1 : 0);
    const token = registrationToken(secret, entry.id, generation);
    const link = { generation, tokenHash: hashToken(token) };
    if (!(await entries.update(trx, { id: entry.id, version: at.version }, given, link))) {
      throw new DomainError('changed_meanwhile');
    }
    await audit.record(trx, SCHOOL, 'registration.entry_changed', { type: 'cohort', id: entry.cohortId });
    const changed = await assertEntry(trx, entry.id);
    const key = String(changed.version);
    await tell(trx, changed, 'changed', key, now, { secret });
    const kept = new Set([given.ib.email, given.director?.email]);
    const before = [entry.ib.email, entry.director?.email];
    const gone = before.flatMap((email) => (email === undefined || kept.has(email) ? [] : email));
    await tellAddresses(trx, entry, 'moved', gone, key, now, { secret });
    return token;
  });
}

async function assertEntry(trx: Db, id: string): Promise<entries.Entry> {
  const entry = await entries.find(trx, id);
  if (!entry) throw new DomainError('not_found');
  return entry;
}

/** As it is stored: BRIN with the site, addresses in small letters. */
function normalized({ school, ib, director, language }: entries.Given): entries.Given {
  const person = ({ name, email }: entries.Somebody) => ({ name: name.trim(), email: accounts.normalizeEmail(email) });
  const brin = school.brin === null ? null : cohorts.normalizeBrin(school.brin);
  return {
    school: { name: school.name.trim(), brin },
    ib: person(ib),
    director: director && person(director),
    language,
  };
}

function isAlike(entry: entries.Entry, { school, ib }: entries.Given): boolean {
  return isSameSchool(entry.school, school) || entry.ib?.email === ib.email;
}
