import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import { getOfCohort } from './access.ts';
import type { Round } from './queries.ts';
import { isRested } from './reminder-rule.ts';
import * as queries from './response-queries.ts';

/** Whom a trainer wants to remind: one person, one school, or with neither everybody who has not submitted. */
export type Whom = { invitation?: string | undefined; school?: string | undefined };

/** Somebody who has not submitted: reminded, or left out and why. */
type Person = { personId: string; invitationId: string; name: string | null };
type LeftOut = { name: string | null; why: 'recent' | 'no_address' | 'invented' };
export type Reminding = { to: Person[]; leftOut: LeftOut[] };

/**
 * Who would be reminded now, and who is left out: reminded less than three days ago, or without an address. Somebody
 * with two open forms in the round is one person, and gets one mail.
 * @throws DomainError not_found (also a school or person of another round), forbidden, round_not_open
 */
export async function preview(db: Db, actor: Actor, roundId: string, whom: Whom, now = new Date()) {
  const { round, cohort } = await getOfCohort(db, actor, roundId);
  if (round.status !== 'open') throw new DomainError('round_not_open');
  return { round, cohort, ...(await choose(db, round, whom, now)) };
}

/**
 * Reminds them; the mails go out in the background.
 * @returns how many people
 * @throws DomainError as `preview`; nobody_to_remind
 */
export async function send(db: Db, actor: Actor, roundId: string, whom: Whom, now = new Date()): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { round, to } = await preview(trx, actor, roundId, whom, now);
    const mails = to.map(({ personId }) => reminderMail(round.id, personId, dayOf(now)));
    const again = await outbox.retryFailed(trx, mails, now);
    const people = again + (await outbox.enqueueAll(trx, mails, now));
    if (people === 0) throw new DomainError('nobody_to_remind');
    await audit.record(trx, actor, 'round.reminded', { type: 'round', id: roundId }, { people });
    return people;
  });
}

/** One a person, round and day: whoever asks for it twice, by hand or by the schedule, asks for the same mail. */
export function reminderMail(roundId: string, personId: string, day: string): outbox.NewMail {
  const onceKey = `reminder:${roundId}:${personId}:${day}`;
  return { template: 'reminder', to: { personId }, about: {}, roundId, onceKey };
}

async function choose(db: Db, round: Round, whom: Whom, now: Date): Promise<Reminding> {
  const raters = await queries.listRaters(db, round.id);
  const meant = raters.filter(
    ({ invitationId, schoolRoundId }) =>
      (whom.invitation === undefined || invitationId === whom.invitation) &&
      (whom.school === undefined || schoolRoundId === whom.school),
  );
  if (meant.length === 0) throw new DomainError('not_found');
  const chosen: Reminding = { to: [], leftOut: [] };
  const open = meant.filter(({ status }) => status !== 'submitted');
  for (const { personId, invitationId, name, hasAddress, remindedAt } of new Map(
    open.map((each) => [each.personId, each]),
  ).values()) {
    const remindedOn = remindedAt === null ? null : dayOf(new Date(remindedAt));
    if (round.invented) chosen.leftOut.push({ name, why: 'invented' });
    else if (!hasAddress) chosen.leftOut.push({ name, why: 'no_address' });
    else if (!isRested(remindedOn, dayOf(now))) chosen.leftOut.push({ name, why: 'recent' });
    else chosen.to.push({ personId, invitationId, name });
  }
  return chosen;
}
