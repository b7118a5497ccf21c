import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { dueOn, endOf, goesOn, isCleared, nextStep, USUAL_MONTHS, type Policy } from './due-rule.ts';
import * as queries from './queries.ts';

export { MONTHS, USUAL_MONTHS, type Policy } from './due-rule.ts';

/** When names, addresses and remarks of a cohort go; days are yyyy-mm-dd. */
export type Plan = {
  id: string;
  name: string;
  endsOn: string;
  /** The day on which they go at the earliest. */
  goesOn: string;
  /** Null: it has not been announced for this day. */
  announcedOn: string | null;
  /** Whether single answers go too. */
  answers: Policy['answers'];
  /** Null: not yet; else everything above is over. */
  clearedOn: string | null;
  /** It would be due, but a round is open. */
  waits: boolean;
};

/** What a choice holds for: a programme with its cohorts, or a cohort that has none. */
export type Unit = {
  id: string;
  kind: 'programme' | 'cohort';
  name: string;
  partnership: string | null;
  policy: Policy;
  cohorts: Plan[];
};

/**
 * All programmes, and cohorts without one, with what was chosen and what comes of it.
 * @throws DomainError forbidden
 */
export async function list(db: Db, actor: Actor, now: Date): Promise<Unit[]> {
  if (!may(actor, 'manage_retention')) throw new DomainError('forbidden');
  const today = dayOf(now);
  const byUnit = Map.groupBy(await queries.listCohorts(db), ({ unitId }) => unitId);
  return [...byUnit.values()].flatMap((cohorts) => {
    const [first] = cohorts;
    if (first === undefined) return [];
    const { unitId: id, policy, partnership, programme } = first;
    const unit = { id, policy, partnership, cohorts: cohorts.map((cohort) => planOf(cohort, today)) };
    return programme === null
      ? { ...unit, kind: 'cohort' as const, name: first.name }
      : { ...unit, kind: 'programme' as const, name: programme };
  });
}

/**
 * What is chosen for what is still kept, over all programmes, as the privacy page tells everybody: the fewest and the most
 * months, whether single answers go too, and the last day until which anything is postponed; null: nothing is.
 */
export type Terms = {
  fewest: number;
  most: number;
  answers: Policy['answers'] | 'differ';
  postponedUntil: string | null;
};

/** For everybody: it stands on the privacy page, which names no programme. */
export async function terms(db: Db, now: Date): Promise<Terms> {
  const kept = (await queries.listCohorts(db)).filter(({ standing }) => !isCleared(standing));
  const months = kept.length === 0 ? [USUAL_MONTHS] : kept.map(({ policy }) => policy.months);
  const today = dayOf(now);
  const postponed = kept.flatMap(({ policy: { postponedUntil, ...rest }, standing }) => {
    const due = dueOn({ ...rest, postponedUntil: null }, standing);
    return postponedUntil !== null && postponedUntil > due && postponedUntil > today ? [postponedUntil] : [];
  });
  return {
    fewest: Math.min(...months),
    most: Math.max(...months),
    answers: answersOf(kept.map(({ policy }) => policy.answers)),
    postponedUntil: postponed.toSorted().at(-1) ?? null,
  };
}

function answersOf(chosen: readonly Policy['answers'][]): Terms['answers'] {
  const [first = 'kept'] = chosen;
  return chosen.every((one) => one === first) ? first : 'differ';
}

/** @throws DomainError forbidden, not_found */
export async function get(db: Db, actor: Actor, id: string, now: Date): Promise<Unit> {
  const unit = (await list(db, actor, now)).find((each) => each.id === id);
  if (!unit) throw new DomainError('not_found');
  return unit;
}

/** A choice in one text, to know later whether it still is what it was. */
export function versionOf({ endsOn, months, postponedUntil, answers }: Policy): string {
  return [endsOn, months, postponedUntil, answers].join(' ');
}

/**
 * Chooses when a programme ends, how long is kept after it, until when nothing goes and whether single answers go too. A day
 * that changes is announced anew, and so is that more goes, so nothing ever goes within a month of a choice.
 * @param before the version (`versionOf`) of the choice that the administrator had in sight
 * @throws DomainError forbidden, not_found, changed_meanwhile
 */
export async function change(
  db: Db,
  actor: Actor,
  id: string,
  before: string,
  policy: Policy,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { kind, policy: held, cohorts } = await get(trx, actor, id, now);
    if (versionOf(held) !== before) throw new DomainError('changed_meanwhile');
    await queries.setPolicy(trx, { id, isProgramme: kind === 'programme' }, policy);
    // More goes than people were told.
    if (policy.answers === 'erased' && held.answers === 'kept') {
      await queries.unannounce(
        trx,
        cohorts.map((cohort) => cohort.id),
      );
    }
    const days = { ends: policy.endsOn ?? '', postponed: policy.postponedUntil ?? '' };
    const detail = { months: policy.months, ...days, answers: policy.answers };
    await audit.record(trx, actor, 'retention.changed', { type: kind, id }, detail);
  });
}

/** What the pages of a cohort say of it: null as long as nothing was announced. The caller has seen to who asks. */
export async function told(db: Db, cohortId: string, now: Date): Promise<Plan | null> {
  const [cohort] = await queries.listCohorts(db, cohortId);
  if (!cohort) return null;
  const plan = planOf(cohort, dayOf(now));
  return plan.announcedOn === null && plan.clearedOn === null ? null : plan;
}

/**
 * Whether the term of a cohort is over and nothing happened in it since: what somebody would write in it now would never go. The
 * caller has seen to who asks.
 */
export async function isOver(db: Db, cohortId: string): Promise<boolean> {
  const [cohort] = await queries.listCohorts(db, cohortId);
  return cohort !== undefined && isCleared(cohort.standing);
}

function planOf({ id, name, policy, standing }: queries.Kept, today: string): Plan {
  const due = dueOn(policy, standing);
  const announced = standing.announced?.for === due ? standing.announced : null;
  const cleared = isCleared(standing);
  return {
    ...{ id, name, endsOn: endOf(policy, standing) },
    // What is due but not announced is announced today at the earliest.
    goesOn:
      announced === null && nextStep(policy, standing, today) === null ? due : goesOn(due, announced?.on ?? today),
    announcedOn: cleared ? null : (announced?.on ?? null),
    answers: policy.answers,
    clearedOn: cleared ? standing.clearedOn : null,
    waits: standing.hasOpenRound && due <= today,
  };
}
