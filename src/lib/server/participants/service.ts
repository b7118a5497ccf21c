import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as audit from '#lib/server/audit/service.ts';
import { signInLink, type Auth } from '#lib/server/auth/auth.ts';
import * as calendar from '#lib/server/calendar/service.ts';
import * as series from '#lib/server/cohorts/series-service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as demo from '#lib/server/demo/accounts-service.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as membership from '#lib/server/rounds/membership-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';

/** Adding or removing people reaches into teams, rounds and invitations: here as one transaction each. */

/**
 * Adds an IB'er at a school with the team, to the cohort and to its planned and open rounds.
 * @returns the series' id
 * @throws DomainError not_found, forbidden, series_exists, person_has_role, school_round_incomplete (a round is open, and
 *   there is no director)
 */
export async function addSchool(
  db: Db,
  actor: Actor,
  secret: string,
  cohortId: string,
  given: Parameters<typeof cohorts.addSeries>[3],
): Promise<string> {
  return inTransaction(db, async (trx) => {
    const seriesId = await cohorts.addSeries(trx, actor, cohortId, given);
    await rounds.includeSeries(trx, actor, secret, cohortId, [seriesId]);
    return seriesId;
  });
}

/**
 * Adds a director or teacher; in an open round the person is invited at once.
 * @returns the place in the team, and the name: an address that is known keeps the name that it has
 * @throws DomainError not_found, forbidden, series_left, person_has_role
 */
export async function addRater(
  db: Db,
  actor: Actor,
  secret: string,
  seriesId: string,
  role: 'director' | 'teacher',
  given: cohorts.NewPerson,
): Promise<{ memberId: string; name: string | null }> {
  return inTransaction(db, async (trx) => {
    const { cohortId } = await cohorts.getSeries(trx, actor, seriesId);
    const personId = await cohorts.addMember(trx, actor, seriesId, role, given);
    await rounds.includeMembers(trx, actor, secret, cohortId, [{ seriesId, personId, role }]);
    const member = await cohorts.memberOf(trx, seriesId, personId);
    return { memberId: member.id, name: member.name };
  });
}

/**
 * Takes a director or teacher out of the team; an unsubmitted form is withdrawn, a submitted one stays.
 * @param seen the team with its version as the trainer saw it; left out by what no page is behind
 * @throws DomainError not_found, forbidden, series_left, changed_meanwhile, ib_stays
 */
export async function removeRater(
  db: Db,
  actor: Actor,
  memberId: string,
  seen?: { seriesId: string; version: number },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (seen) await series.take(trx, actor, seen.seriesId, seen.version);
    const member = await cohorts.removeMember(trx, actor, memberId);
    await membership.withdrawOf(trx, actor, member.seriesId, member.personId, new Date());
    const { cohortId } = await cohorts.getSeries(trx, actor, member.seriesId);
    await calendar.endOfGone(trx, actor, cohortId);
  });
}

/** What making links takes from the running application. */
export type LinkSettings = { auth: Auth; secret: string; publicUrl: string };

/**
 * A one-time sign-in link for the IB'er or director of a team, for the trainer to hand over; written to the audit log
 * before it exists. Only where it cannot be mailed (`canBeMailed`): whoever can ask for it proves by that whose it is.
 * @throws DomainError not_found (also for a teacher, who has no reports to sign in for), forbidden, account_elsewhere,
 *   account_is_staff, person_has_no_email, sign_in_link_mailed
 */
export async function memberSignInLink(
  db: Db,
  actor: Actor,
  settings: LinkSettings & { hasMail: boolean },
  seriesId: string,
  memberId: string,
): Promise<string> {
  const user = await db.transaction().execute(async (trx) => {
    const { team } = await cohorts.getSeries(trx, actor, seriesId);
    const member = team.find((candidate) => candidate.id === memberId);
    if (!member || member.role === 'teacher') throw new DomainError('not_found');
    await cohorts.assertOwnPerson(trx, actor, member.personId);
    if (await canBeMailed(trx, settings, member)) throw new DomainError('sign_in_link_mailed');
    const account = await accounts.userOfPerson(trx, actor, member.personId);
    await audit.record(trx, actor, 'sign_in_link.made', { type: 'user', id: account.id });
    return account;
  });
  return signInLink(settings.auth, settings.publicUrl, user.email);
}

/** Whether somebody who asks for a sign-in link gets it by mail: there is mail, an address, and one that is not invented. */
export async function canBeMailed(
  db: Db,
  { hasMail }: { hasMail: boolean },
  { email }: { email: string | null },
): Promise<boolean> {
  return hasMail && email !== null && !(await demo.isInvented(db, email));
}

/** A rater with the personal link to the form. */
type RaterLink = { invitationId: string; url: string };

/**
 * The personal links of everybody who is asked about one IB'er, for the trainer to hand over, but for whoever submitted,
 * also where the form was opened again (`invitations.copyLink`); each is written to the audit log.
 * @throws DomainError not_found, forbidden, round_not_open
 */
export async function schoolLinks(
  db: Db,
  actor: Actor,
  settings: LinkSettings,
  roundId: string,
  schoolRoundId: string,
): Promise<RaterLink[]> {
  const schools = await rounds.progress(db, actor, roundId);
  const school = schools.find((candidate) => candidate.schoolRoundId === schoolRoundId);
  if (!school) throw new DomainError('not_found');
  const links: RaterLink[] = [];
  for (const { invitationId, status } of school.raters) {
    if (status === 'submitted') continue;
    const url = await invitations.copyLink(db, actor, settings, invitationId).catch((cause: unknown) => {
      if (cause instanceof DomainError && cause.code === 'rater_submitted') return null;
      throw cause;
    });
    if (url !== null) links.push({ invitationId, url });
  }
  return links;
}
