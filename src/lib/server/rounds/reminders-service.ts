import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import { getOfCohort } from './access.ts';
import type { Round } from './queries.ts';
import * as queries from './reminder-queries.ts';
import type { AskedForm } from './reminder-queries.ts';
import { hindranceOf, type Hindrance, type Remindable } from './reminder-rule.ts';

/** Whom a trainer wants to remind: one person, one school, or with neither everybody who has not submitted. */
export type Whom = { invitation?: string | undefined; school?: string | undefined };

/** Somebody with open forms in a round: one person, however many forms there are. */
type Rater = Remindable & {
  roundId: string;
  personId: string;
  /** One of the open forms. */
  invitationId: string;
  name: string | null;
  /** The schools that the forms are about. */
  schools: string[];
  hasAddress: boolean;
  isUnreachable: boolean;
  isQuiet: boolean;
};
/** Somebody who is left out, and why. */
type LeftOut = Pick<Rater, 'name' | 'schools'> & { why: Hindrance | 'invented' };
export type Reminding = { to: Rater[]; leftOut: LeftOut[] };

/**
 * Who would be reminded now, and who is left out: mailed less than three days ago, at an address that mail did not
 * reach, or without one. Somebody with two open forms in the round is one person, and gets one mail.
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

/** The people of whom these forms are open, in each round. */
export function byRater(forms: readonly AskedForm[]): Rater[] {
  const open = Map.groupBy(
    forms.filter(({ isSubmitted, isLinkEnded }) => !isSubmitted && !isLinkEnded),
    ({ roundId, personId }) => `${roundId} ${personId}`,
  );
  return [...open.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const all = [first, ...others];
    const invitedAt = all.reduce((least, form) => (form.invitedAt < least ? form.invitedAt : least), first.invitedAt);
    return {
      ...first,
      schools: [...new Set(all.map(({ schoolName }) => schoolName))],
      invitedOn: dayOf(new Date(invitedAt)),
      remindedOn: dayOrNull(first.remindedAt),
      mailedOn: dayOrNull(first.mailedAt),
    };
  });
}

const dayOrNull = (at: string | null): string | null => (at === null ? null : dayOf(new Date(at)));

async function choose(db: Db, round: Round, whom: Whom, now: Date): Promise<Reminding> {
  const meant = (await queries.listForms(db, round.id)).filter(
    ({ invitationId, schoolRoundId }) =>
      (whom.invitation === undefined || invitationId === whom.invitation) &&
      (whom.school === undefined || schoolRoundId === whom.school),
  );
  if (meant.length === 0) throw new DomainError('not_found');
  const chosen: Reminding = { to: [], leftOut: [] };
  for (const rater of byRater(meant)) {
    const why = round.invented ? 'invented' : hindranceOf(rater, dayOf(now));
    if (why === null) chosen.to.push(rater);
    else chosen.leftOut.push({ name: rater.name, schools: rater.schools, why });
  }
  return chosen;
}
