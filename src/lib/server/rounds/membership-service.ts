import type { Mode } from '#lib/disclosure/mode.ts';
import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { SeriesWithTeam } from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, invitationToken, newId } from '#lib/server/ids.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import { enqueue, retryDropped } from '#lib/server/mail/outbox-service.ts';
import { rolesAsked } from '#lib/server/instruments/asked-service.ts';
import * as responses from '#lib/server/responses/service.ts';
import { isTaken, mailInvited } from './inviting.ts';
import * as queries from './membership-queries.ts';
import * as roundQueries from './queries.ts';

export type { Asked } from './membership-queries.ts';

/** An invitation as the log names it. */
const on = (id: string) => ({ type: 'invitation', id }) as const;

/**
 * What it means for a cohort's rounds when an IB'er leaves, comes back or is succeeded, and when somebody is replaced or
 * gets another address. Each is a step in the caller's transaction, which has decided about the right to do it.
 */

/** Whether a round of this IB'er was opened: then what was measured belongs to the cohort that it was measured in. */
export async function isMeasured(db: Db, series: Pick<SeriesWithTeam, 'id' | 'cohortId'>): Promise<boolean> {
  const rounds = await queries.listMemberships(db, series.cohortId, series.id);
  return rounds.some(({ status, schoolRoundId }) => status !== 'planned' && schoolRoundId !== null);
}

/** What leaving would end, for the page that asks: planned rounds, and forms of open rounds by how far they are. */
export async function whatLeavingEnds(
  db: Db,
  series: Pick<SeriesWithTeam, 'id' | 'cohortId'>,
): Promise<{ planned: number; open: number; unsubmitted: number; submitted: number; closed: number }> {
  const rounds = (await queries.listMemberships(db, series.cohortId, series.id)).filter((row) => row.schoolRoundId);
  const asked = (await queries.listAsked(db, series.id)).filter(({ roundStatus }) => roundStatus === 'open');
  const count = (status: string) => rounds.filter((round) => round.status === status).length;
  const submitted = asked.filter(({ status }) => status === 'submitted').length;
  return {
    ...{ planned: count('planned'), open: count('open'), closed: count('closed') },
    ...{ submitted, unsubmitted: asked.length - submitted },
  };
}

/**
 * Takes an IB'er out of planned rounds, and withdraws what is not submitted in open ones. Submitted forms stay with the
 * round, and closed rounds keep theirs until they open once more (`withdrawOfLeft`): a director still reads the report.
 * @returns the mode of each round that she was in, for whoever succeeds her
 */
export async function leave(
  trx: Db,
  actor: Actor,
  series: Pick<SeriesWithTeam, 'id' | 'cohortId'>,
  at: string,
): Promise<Map<string, Mode>> {
  const modes = new Map<string, Mode>();
  for (const row of await queries.listMemberships(trx, series.cohortId, series.id)) {
    if (row.schoolRoundId === null || row.mode === null) continue;
    modes.set(row.roundId, row.mode);
    if (row.status === 'planned') await queries.deleteSchoolRound(trx, row.schoolRoundId);
  }
  for (const { invitationId, status, roundStatus } of await queries.listAsked(trx, series.id)) {
    if (status === 'submitted' || roundStatus !== 'open') continue;
    await queries.withdraw(trx, invitationId, at);
    await audit.record(trx, actor, 'invitation.withdrawn', on(invitationId));
  }
  return modes;
}

/**
 * Withdraws what is not submitted about IB'ers who left while the round was closed, now that it opens once more; as of
 * the moment of leaving, so that coming back takes it back.
 */
export async function withdrawOfLeft(trx: Db, actor: Actor, roundId: string): Promise<void> {
  for (const { invitationId, leftAt } of await queries.listAskedOfLeft(trx, roundId)) {
    await queries.withdraw(trx, invitationId, leftAt);
    await audit.record(trx, actor, 'invitation.withdrawn', on(invitationId));
  }
}

/**
 * Puts an IB'er into the planned and open rounds that she is not in, and asks her team in the open ones, as when a round
 * opens: nobody of it comes in anybody's place there.
 * @param modes how teachers were to be protected in a round, where that is known; else `protected`
 * @throws DomainError school_round_incomplete (a round is open that asks directors, and the team has none)
 */
export async function join(
  trx: Db,
  actor: Actor,
  secret: string,
  series: SeriesWithTeam,
  now: Date,
  modes: ReadonlyMap<string, Mode> = new Map(),
): Promise<void> {
  for (const row of await queries.listMemberships(trx, series.cohortId, series.id)) {
    if (row.status === 'closed' || row.schoolRoundId !== null) continue;
    const schoolRoundId = newId();
    const mode = modes.get(row.roundId) ?? 'protected';
    const { roundId } = row;
    const made = { id: schoolRoundId, seriesId: series.id, roundId, mode };
    await roundQueries.insertSchoolRounds(trx, [made], now.toISOString());
    if (row.status === 'planned') continue;
    const roles = await rolesAsked(trx, row);
    const members = series.team.filter(({ role }) => roles.has(role));
    const isDirected = members.some(({ role }) => role === 'director');
    if (roles.has('director') && !isDirected) throw new DomainError('school_round_incomplete');
    for (const member of members) {
      const id = await ask(trx, actor, secret, { ...member, schoolRoundId });
      if (member.email !== null) await mailInvited(trx, roundId, [{ id, personId: member.personId }], now);
    }
  }
}

/**
 * Takes back what leaving at this moment withdrew, in rounds that are open or may open once more: links and forms work again,
 * and mail about them that was dropped meanwhile goes out. Whoever got another address meanwhile is asked anew.
 */
export async function restore(
  trx: Db,
  actor: Actor,
  secret: string,
  series: SeriesWithTeam,
  leftAt: string,
  now: Date,
): Promise<void> {
  for (const id of await queries.restoreWithdrawn(trx, series.id, leftAt)) {
    await audit.record(trx, actor, 'invitation.added', on(id));
  }
  await retryDropped(trx, { seriesId: series.id }, now);
  for (const member of series.team) await askAnew(trx, actor, secret, series, member, mailInvited, now);
}

/**
 * Asks somebody who replaces another in the team, in open rounds; not where the person is asked already, and a round
 * whose director has submitted keeps that director (rules.md, Who, what, when).
 * @returns the rounds in which the person is asked now, each with the new invitation
 */
export async function askReplacement(
  trx: Db,
  actor: Actor,
  secret: string,
  series: Pick<SeriesWithTeam, 'id' | 'cohortId'>,
  person: Newcomer,
  now: Date,
): Promise<Map<string, string>> {
  return askAnew(trx, actor, secret, series, person, mailReplacements, now);
}

/** How somebody hears of new forms in a round: as whoever is asked in another's place, or as everybody. */
type Telling = (
  trx: Db,
  roundId: string,
  made: readonly { id: string; personId: string }[],
  now: Date,
) => Promise<void>;

const mailReplacements: Telling = async (trx, roundId, made, now) => {
  for (const { id, personId } of made) await mailReplacement(trx, { id, generation: 1, personId, roundId }, now);
};

async function askAnew(
  trx: Db,
  actor: Actor,
  secret: string,
  series: Pick<SeriesWithTeam, 'id' | 'cohortId'>,
  person: Newcomer,
  tell: Telling,
  now: Date,
): Promise<Map<string, string>> {
  const asked = new Map<string, string>();
  const others = await queries.listAsked(trx, series.id);
  for (const row of await queries.listMemberships(trx, series.cohortId, series.id)) {
    const { roundId, status, schoolRoundId } = row;
    if (status !== 'open' || schoolRoundId === null) continue;
    const here = others.filter((other) => other.roundId === roundId);
    if (isTaken(here, person) || !(await rolesAsked(trx, row)).has(person.role)) continue;
    const id = await ask(trx, actor, secret, { ...person, schoolRoundId });
    if (person.email !== null) await tell(trx, roundId, [{ id, personId: person.personId }], now);
    asked.set(roundId, id);
  }
  return asked;
}

type Newcomer = Pick<SeriesWithTeam['team'][number], 'personId' | 'role' | 'email'>;

/** Gives somebody a form, without a word. @returns the invitation's id */
async function ask(
  trx: Db,
  actor: Actor,
  secret: string,
  { personId, role, schoolRoundId }: Pick<Newcomer, 'personId' | 'role'> & { schoolRoundId: string },
): Promise<string> {
  const id = await invitations.invite(trx, secret, { schoolRoundId, personId, role });
  await audit.record(trx, actor, 'invitation.added', on(id), { role });
  return id;
}

type Linked = { id: string; generation: number; personId: string; roundId: string };

async function mailReplacement(trx: Db, { id, generation, personId, roundId }: Linked, now: Date): Promise<void> {
  const onceKey = `replacement:${id}:${generation}`;
  await enqueue(trx, { template: 'replacement', to: { personId }, about: { invitation: id }, roundId, onceKey }, now);
}

/** Tells an address that its link ended; `invitation` is the one that came in its place, or that ended where none did. */
export async function tellOldAddress(
  trx: Db,
  to: { address: string; language: 'nl' | 'en' },
  about: { invitation: string; roundId: string },
  now: Date,
): Promise<void> {
  const { invitation, roundId } = about;
  const onceKey = `address_replaced:${invitation}:1`;
  await enqueue(trx, { template: 'address_replaced', to, about: { invitation }, roundId, onceKey }, now);
}

/** Whose address changed, and what it was before (null: none); `isReached` unless that one refused its mail. */
export type AddressChange = { personId: string; before: string | null; language: 'nl' | 'en'; isReached: boolean };

/**
 * Ends every link and session of an old address, in every round, and sends somebody's forms to the new one: at once in
 * open rounds, in a closed one once it opens again (the sender drops them, `retryDropped` lets them go then). A form that
 * was opened may hold answers of whoever sits at the old address: where the round is open, or may open once more, it is
 * withdrawn, an empty one takes its place, and the old address is told (rules.md, Links and mail). What was submitted
 * stays; its new link is mailed to nobody, for it opens a single rater's answers (product.md, Roles and rights), and
 * whoever set the address may read that mailbox.
 * Somebody who had no address keeps the form and the link that was handed over, and gets it by mail too, but for a form
 * that was submitted and opened again: that one gives way to an empty one as well.
 * @returns whether the old address was told
 */
export async function readdress(
  trx: Db,
  actor: Actor,
  secret: string,
  { personId, before, language, isReached }: AddressChange,
  now: Date,
): Promise<boolean> {
  let isTold = false;
  await queries.keepWithdrawn(trx, { personId, before }, now.toISOString());
  for (const form of await queries.listLinksOf(trx, personId)) {
    const { invitationId, roundId, schoolRoundId, role, status } = form;
    const wasSubmitted = form.responseId !== null && (await responses.wasReopened(trx, form.responseId));
    if (before === null && (status === 'submitted' || !wasSubmitted)) {
      const isAsked = form.isUndecided && status !== 'submitted';
      if (isAsked) await mailInvited(trx, roundId, [{ id: invitationId, personId }], now);
      // Noted for `responses.reopen`: with the address there is mail, and it would carry the link to these answers.
      if (status === 'submitted') await audit.record(trx, actor, 'invitation.readdressed', on(invitationId));
      continue;
    }
    await queries.deleteSessions(trx, invitationId);
    if (status === 'started' && form.isUndecided) {
      await queries.withdraw(trx, invitationId, now.toISOString());
      await audit.record(trx, actor, 'invitation.withdrawn', on(invitationId));
      const invitation = await ask(trx, actor, secret, { personId, role, schoolRoundId });
      await mailReplacement(trx, { id: invitation, generation: 1, personId, roundId }, now);
      if (before === null || !isReached) continue;
      await tellOldAddress(trx, { address: before, language }, { invitation, roundId }, now);
      isTold = true;
      continue;
    }
    const generation = form.generation + 1;
    const tokenHash = hashToken(invitationToken(secret, invitationId, generation));
    await queries.setToken(trx, invitationId, { generation, tokenHash });
    await audit.record(trx, actor, 'invitation.readdressed', on(invitationId));
    if (form.isUndecided && status !== 'submitted') {
      await mailReplacement(trx, { id: invitationId, generation, personId, roundId }, now);
    }
  }
  return isTold;
}

/**
 * Withdraws what somebody who is replaced or leaves the team has not submitted about one IB'er; what was submitted stays
 * (rules.md, Who, what, when).
 * @returns the forms that were withdrawn
 */
export async function withdrawOf(
  trx: Db,
  actor: Actor,
  seriesId: string,
  personId: string,
  now: Date,
): Promise<queries.Asked[]> {
  const open = (await queries.listAsked(trx, seriesId)).filter(
    (form) => form.personId === personId && form.status !== 'submitted',
  );
  for (const { invitationId } of open) {
    await queries.withdraw(trx, invitationId, now.toISOString());
    await audit.record(trx, actor, 'invitation.withdrawn', on(invitationId));
  }
  return open;
}
