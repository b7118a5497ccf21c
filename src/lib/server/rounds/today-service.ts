import type { UserActor } from '#lib/permissions.ts';
import { may } from '#lib/permissions.ts';
import { nearRound } from '#lib/programme/near-round.ts';
import * as attendance from '#lib/server/attendance/unfilled-service.ts';
import { dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import { rolesAsked } from '#lib/server/instruments/asked-service.ts';
import * as registrations from '#lib/server/registrations/today-service.ts';
import type { MailHeldUp } from '#lib/text/mail-held-up.ts';
import { dueOn, type Due, type PlanFacts, type RoundFacts } from './today.ts';
import * as queries from './today-queries.ts';

export type { Due, DueKind } from './today.ts';

/**
 * What is due now in the cohorts that the actor is trainer of, in order; a few queries however many cohorts there are, one for
 * each round's list, and a few for each registration that may ask something.
 * @param heldUp as for `dueOn`
 */
export async function due(
  db: Db,
  actor: UserActor,
  now = new Date(),
  heldUp: MailHeldUp | null = null,
): Promise<Due[]> {
  const own = actor.cohortIds.filter((cohortId) => may(actor, 'manage_cohort', { cohortId }));
  const facts: RoundFacts[] = [];
  for (const { openedAt, closedAt, withoutDirector, ...round } of await queries.listRounds(db, own)) {
    const asksDirectors = (await rolesAsked(db, round)).has('director');
    facts.push({
      ...round,
      withoutDirector: asksDirectors ? withoutDirector : 0,
      closedOn: closedAt === null ? null : dayOf(new Date(closedAt)),
      openedOn: openedAt === null ? null : dayOf(new Date(openedAt)),
    });
  }
  const sessions = await attendance.unfilled(db, own, now);
  const registering = await registrations.listFacts(db, own, now);
  const withoutAddress = await queries.listWithoutAddress(db, own);
  const notPlanned = await listNotPlanned(db, own, dayOf(now));
  return dueOn(dayOf(now), facts, withoutAddress, heldUp, sessions, registering, notPlanned);
}

/** Of each of these cohorts the round of its plan that is near and was not planned. */
async function listNotPlanned(db: Db, cohortIds: readonly string[], today: string): Promise<PlanFacts[]> {
  const held = Map.groupBy(await queries.listWholeNames(db, cohortIds), ({ cohortId }) => cohortId);
  const plans = Map.groupBy(await queries.listPlanned(db, cohortIds), ({ cohortId }) => cohortId);
  return [...plans].flatMap(([cohortId, plan]) => {
    const names = (held.get(cohortId) ?? []).map(({ name }) => name);
    const near = nearRound(plan, names, today);
    const [first] = plan;
    return near && first ? [{ cohortId, cohortName: first.cohortName, roundName: near.name, day: near.onDay }] : [];
  });
}
