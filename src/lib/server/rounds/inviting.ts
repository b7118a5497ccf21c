import type { Mode } from '#lib/disclosure/mode.ts';
import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import { rolesAsked } from '#lib/server/instruments/asked-service.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import * as queries from './queries.ts';
import * as responseQueries from './response-queries.ts';

/** Who is asked when a round opens, whoever joins while it is open, and whoever joined while it was closed. */

/** A round in which people are invited, and a school round of it. */
type InvitingRound = Pick<queries.Round, 'id' | 'cohortId' | 'instrumentVersionId'>;
type Unit = Pick<queries.SchoolRound, 'id' | 'seriesId'>;

/**
 * Invites the teams of these school rounds, set-wise: an invitation a form, and a mail a person however many forms the
 * person is asked for. A school takes part in an open round with its director or not at all, where directors are asked.
 * @throws DomainError school_round_incomplete
 */
export async function inviteTeams(
  trx: Db,
  secret: string,
  round: InvitingRound,
  units: readonly Unit[],
  now: Date,
): Promise<void> {
  await inviteMembers(trx, secret, round, await wholeTeams(trx, round, units), now);
}

/** The people of these teams. @throws DomainError school_round_incomplete */
async function wholeTeams(trx: Db, round: InvitingRound, units: readonly Unit[]): Promise<Member[]> {
  const members = await listMembers(trx, round, units);
  if (!(await rolesAsked(trx, round)).has('director')) return members;
  const directed = new Set(members.filter(({ role }) => role === 'director').map(({ schoolRoundId }) => schoolRoundId));
  if (units.some(({ id }) => !directed.has(id))) throw new DomainError('school_round_incomplete');
  return members;
}

/** Somebody of a team, with the school round that the person is asked in. */
type Member = invitations.InvitationTarget;

/** Everybody whom opening asks for these school rounds, once a form: of each team those in a role of the round's list. */
export async function listMembers(
  db: Db,
  round: InvitingRound,
  units: readonly Unit[],
): Promise<(Member & Pick<cohorts.TeamMember, 'email'>)[]> {
  const roles = await rolesAsked(db, round);
  const teams = new Map((await cohorts.listSeries(db, round.cohortId)).map(({ id, team }) => [id, team]));
  return units.flatMap(({ id, seriesId }) =>
    (teams.get(seriesId) ?? [])
      .filter(({ role }) => roles.has(role))
      .map((member) => ({ schoolRoundId: id, ...member })),
  );
}

/** @returns the invitations, in the order of the members */
async function inviteMembers(
  trx: Db,
  secret: string,
  round: InvitingRound,
  members: readonly Member[],
  now: Date,
): Promise<{ id: string; personId: string }[]> {
  const targets = members.map(({ schoolRoundId, personId, role }) => ({ schoolRoundId, personId, role }));
  const made = await invitations.inviteAll(trx, secret, targets, now);
  const people = made.map(({ personId }) => personId);
  const reachable = new Set(await queries.listReachable(trx, people));
  const toMail = made.filter(({ personId }) => reachable.has(personId));
  await mailInvited(trx, round.id, toMail, now);
  return made;
}

/** Invites people beside those who were asked when the round opened, which the log tells. */
async function addMembers(
  trx: Db,
  actor: Actor,
  secret: string,
  round: InvitingRound,
  members: readonly Member[],
  now: Date,
): Promise<void> {
  const made = await inviteMembers(trx, secret, round, members, now);
  const entries = made.map(({ id }, index): audit.Entry => {
    const role = members[index]?.role ?? 'teacher';
    return { action: 'invitation.added', object: { type: 'invitation', id }, detail: { role } };
  });
  await audit.recordAll(trx, actor, entries);
}

/** Somebody who came into a team while the round was closed, and is asked when it opens once more. */
export type Newcomer = Member & Pick<cohorts.TeamMember, 'name' | 'email'> & { schoolName: string };

/** Whom a closed round has not asked of the teams as they are now; nobody about an IB'er who left. */
export async function listNewcomers(db: Db, round: InvitingRound): Promise<Newcomer[]> {
  const schoolRounds = new Map(
    (await queries.listSchoolRounds(db, round.id)).map(({ id, seriesId }) => [seriesId, id]),
  );
  const asked = await responseQueries.listProgress(db, round.id);
  const roles = await rolesAsked(db, round);
  return (await cohorts.listTakingPart(db, round.cohortId)).flatMap(({ id, schoolName, team }) => {
    const schoolRoundId = schoolRounds.get(id);
    if (schoolRoundId === undefined) return [];
    const here = asked.filter((row) => row.schoolRoundId === schoolRoundId);
    return team
      .filter((member) => roles.has(member.role) && !isTaken(here, member))
      .map(({ personId, role, name, email }) => ({ personId, role, name, email, schoolRoundId, schoolName }));
  });
}

/** Invites them, set-wise, each with a mail. */
export async function inviteNewcomers(
  trx: Db,
  actor: Actor,
  secret: string,
  round: InvitingRound,
  now: Date,
): Promise<void> {
  await addMembers(trx, actor, secret, round, await listNewcomers(trx, round), now);
}

/**
 * Whether somebody's place is taken among those asked about one IB'er in a round: nobody is asked twice, and a round has
 * one director (rules.md, Who, what, when).
 */
export function isTaken(
  asked: readonly Pick<responseQueries.ProgressRow, 'personId' | 'role'>[],
  { personId, role }: Pick<Member, 'personId' | 'role'>,
): boolean {
  return asked.some((row) => row.personId === personId || (role === 'director' && row.role === role));
}

/**
 * Mails each of these people once: the mail names all the forms that the person is asked for when it goes out. So it
 * serves for a form that comes while it waits, and somebody who was mailed before is told of the new form too.
 */
export async function mailInvited(
  trx: Db,
  roundId: string,
  made: readonly { id: string; personId: string }[],
  now: Date,
): Promise<void> {
  const before = await outbox.listAskedFor(trx, 'invitation', roundId);
  const invitationOf = new Map(made.map(({ id, personId }) => [personId, id]));
  const mails = [...invitationOf]
    .filter(([personId]) => !before.get(personId)?.isWaiting)
    .map(([personId, id]): outbox.NewMail => {
      const first = `invitation:${roundId}:${personId}`;
      const onceKey = before.has(personId) ? `${first}:${id}` : first;
      return { template: 'invitation', to: { personId }, about: {}, roundId, onceKey };
    });
  await outbox.enqueueAll(trx, mails, now);
}

/** Makes the school rounds of IB'ers, in protected mode unless another is given for the series. */
export async function addSchoolRounds(
  trx: Db,
  roundId: string,
  seriesIds: readonly string[],
  now: Date,
  modes: ReadonlyMap<string, Mode> = new Map(),
): Promise<Unit[]> {
  const made = seriesIds.map((seriesId) => ({
    ...{ id: newId(), seriesId, roundId },
    mode: modes.get(seriesId) ?? 'protected',
  }));
  await queries.insertSchoolRounds(trx, made, now.toISOString());
  return made;
}

/**
 * Adds IB'ers who joined the cohort to its planned and open rounds.
 * @throws DomainError school_round_incomplete (a round is open, and a school has no director)
 */
export async function includeSeries(
  trx: Db,
  actor: Actor,
  secret: string,
  cohortId: string,
  seriesIds: readonly string[],
  now = new Date(),
): Promise<void> {
  if (seriesIds.length === 0) return;
  for (const round of await queries.listRounds(trx, cohortId)) {
    if (round.status === 'closed') continue;
    const units = await addSchoolRounds(trx, round.id, seriesIds, now);
    if (round.status === 'open') await addMembers(trx, actor, secret, round, await wholeTeams(trx, round, units), now);
  }
}

/**
 * Invites those who joined teams to their open rounds; planned rounds invite the whole team when they open. Nobody is
 * asked twice, and a round whose director has submitted keeps that director (rules.md, Who, what, when).
 */
export async function includeMembers(
  trx: Db,
  actor: Actor,
  secret: string,
  cohortId: string,
  members: readonly { seriesId: string; personId: string; role: cohorts.TeamMember['role'] }[],
  now = new Date(),
): Promise<void> {
  if (members.length === 0) return;
  for (const round of await queries.listRounds(trx, cohortId)) {
    if (round.status !== 'open') continue;
    const units = new Map((await queries.listSchoolRounds(trx, round.id)).map(({ id, seriesId }) => [seriesId, id]));
    const asked = Map.groupBy(await responseQueries.listProgress(trx, round.id), ({ schoolRoundId }) => schoolRoundId);
    const roles = await rolesAsked(trx, round);
    const targets = members.flatMap(({ seriesId, personId, role }) => {
      const schoolRoundId = units.get(seriesId);
      if (schoolRoundId === undefined || !roles.has(role)) return [];
      const here = asked.get(schoolRoundId) ?? [];
      return isTaken(here, { personId, role }) ? [] : { schoolRoundId, personId, role };
    });
    await addMembers(trx, actor, secret, round, targets, now);
  }
}
