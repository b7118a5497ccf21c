import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as calendar from '#lib/server/calendar/service.ts';
import * as series from '#lib/server/cohorts/series-service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { endFailures, isAddressRefused } from '#lib/server/mail/failed-service.ts';
import { enqueue } from '#lib/server/mail/outbox-service.ts';
import * as registrations from '#lib/server/registrations/readdress-service.ts';
import * as membership from '#lib/server/rounds/membership-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as queries from './person-queries.ts';

/** Somebody in a team, with what a trainer may correct. */
export type MemberDetails = cohorts.TeamMember & {
  language: 'nl' | 'en';
  /** Also in a cohort of another trainer, who would see a change: then it is not made here. */
  isElsewhere: boolean;
};

/**
 * Somebody in the team of a series, as the trainer may correct it.
 * @throws DomainError not_found, forbidden
 */
export async function getMember(db: Db, actor: Actor, seriesId: string, memberId: string): Promise<MemberDetails> {
  const { team } = await cohorts.getSeries(db, actor, seriesId);
  const member = team.find(({ id }) => id === memberId);
  const person = member && (await queries.findPerson(db, member.personId));
  if (!member || !person) throw new DomainError('not_found');
  const isElsewhere = !(await cohorts.isOwnPerson(db, actor, member.personId));
  return { ...member, language: person.language, isElsewhere };
}

/**
 * Whose the address already is, where that is somebody of another name than was typed: one address is one person, and who
 * types it must mean that person. Null where nothing stands in the way. For a trainer whose right to add the page has asked.
 */
export async function otherOfAddress(db: Db, given: cohorts.NewPerson): Promise<string | null> {
  const email = accounts.normalizeEmail(given.email ?? '');
  if (!email) return null;
  const known = (await queries.findByEmails(db, [email])).get(email)?.name ?? null;
  const plain = (name: string) => name.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
  return known === null || plain(known) === plain(given.name) ? null : known;
}

export type Correction = { name: string; email: string | null; language: 'nl' | 'en' };

/**
 * Corrects the name, address and language of somebody, in every team: it is the same person. A new address gets the
 * forms that are not submitted (`membership.readdress`), and ends the old one's way to the reports; the old address is
 * told, unless the mail server refused it, and so is whoever reads the same reports. Whoever gets a first address is
 * mailed the reports that can be read. The registration that gave the place follows (`registrations.readdress`).
 * @param version that of the series as the trainer saw it
 * @throws DomainError not_found, forbidden, changed_meanwhile, person_elsewhere, address_taken; person_has_no_email when
 *   an address that is known is left out
 */
export async function correct(
  db: Db,
  actor: Actor,
  secret: string,
  at: { seriesId: string; memberId: string; version: number },
  given: Correction,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const member = await getMember(trx, actor, at.seriesId, at.memberId);
    await series.takeVersion(trx, at.seriesId, at.version);
    if (member.isElsewhere) throw new DomainError('person_elsewhere');
    const person = await queries.findPerson(trx, member.personId);
    if (!person) throw new DomainError('not_found');
    const email = given.email === null ? null : accounts.normalizeEmail(given.email);
    if (email === null && person.email !== null) throw new DomainError('person_has_no_email');
    if (email !== null && (await queries.isAddressOfOther(trx, email, person.id))) {
      throw new DomainError('address_taken');
    }
    const isMoved = email !== person.email;
    // An account is known by its address: whoever has the old one may no longer read what is this person's.
    const userId = isMoved ? null : person.userId;
    await queries.updatePerson(trx, { id: person.id, name: given.name, email, language: given.language, userId });
    await series.raiseOthersOfPerson(trx, at.seriesId, person.id);
    await audit.record(trx, actor, 'person.changed', { type: 'person', id: person.id }, { address: isMoved });
    if (!isMoved || email === null) return;
    await registrations.readdress(trx, secret, { personId: person.id, before: person.email, email }, now);
    const isReached = !(await isAddressRefused(trx, person.id)); // before its failures end
    await endFailures(trx, person.id, now);
    const { language, email: address } = person;
    const isTold = await membership.readdress(
      ...([trx, actor, secret, { personId: person.id, before: address, language, isReached }, now] as const),
    );
    if (address === null) await rounds.mailReportsTo(trx, person.id, now);
    const onceKey = `address_replaced:${person.id}:${now.toISOString()}`;
    const told = { template: 'address_replaced', roundId: null } as const;
    if (address !== null && !isTold && isReached) {
      await enqueue(trx, { ...told, to: { address, language }, about: { series: at.seriesId }, onceKey }, now);
    }
    for (const other of await queries.listFellowReaders(trx, person.id)) {
      const to = { address: other.email, language: other.language };
      const about = { series: other.seriesId, person: person.id };
      await enqueue(trx, { ...told, to, about, onceKey: `${onceKey}:${other.personId}` }, now);
    }
  });
}

/**
 * Puts somebody else in a director's or teacher's place. What the old one submitted stays with that person; what was not
 * is withdrawn, the new one starts with an empty form in open rounds, and an old address that had opened the form is
 * told. A round whose director has submitted keeps that director.
 * @param version that of the series as the trainer saw it
 * @throws DomainError not_found, forbidden, series_left, changed_meanwhile, ib_stays, person_has_role (also for the very
 *   same address)
 */
export async function replaceRater(
  db: Db,
  actor: Actor,
  secret: string,
  at: { seriesId: string; memberId: string; version: number },
  given: cohorts.NewPerson,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const old = await getMember(trx, actor, at.seriesId, at.memberId);
    const { role } = old;
    if (role === 'ib') throw new DomainError('ib_stays');
    const { id, cohortId, team } = await series.take(trx, actor, at.seriesId, at.version);
    const email = given.email === null ? null : accounts.normalizeEmail(given.email);
    if (email !== null && team.some((member) => member.email === email)) throw new DomainError('person_has_role');
    await cohorts.removeMember(trx, actor, at.memberId);
    const withdrawn = await membership.withdrawOf(trx, actor, id, old.personId, now);
    const personId = await cohorts.addMember(trx, actor, id, role, { name: given.name, email });
    await calendar.endOfGone(trx, actor, cohortId);
    const asked = await membership.askReplacement(
      ...([trx, actor, secret, { id, cohortId }, { personId, role, email }, now] as const),
    );
    if (await isAddressRefused(trx, old.personId)) return;
    for (const { roundId, status, invitationId } of withdrawn) {
      if (status === null || old.email === null) continue;
      const { email: address, language } = old;
      // Where the round is closed, nobody has been asked in the old one's place yet.
      const invitation = asked.get(roundId) ?? invitationId;
      await membership.tellOldAddress(trx, { address, language }, { invitation, roundId }, now);
    }
  });
}
