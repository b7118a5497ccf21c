import { DomainError } from '#lib/errors.ts';
import { inCommon } from '#lib/instrument/same-aspect.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { changeFor } from './change-for.ts';
import { shownChange, type ShownChange } from './change-figures.ts';
import { closedOf, listSettled, toRound, type ClosedRound } from './cohort-service.ts';
import { viewsNotAsked } from './not-asked.ts';
import { viewerOfBoth } from './round-figures.ts';
import { shownComparison, type ShownComparison } from './comparison-figures.ts';

/** The change of a cohort between two of its closed rounds. */
export type CohortChange = ShownChange & { from: ClosedRound; to: ClosedRound };

/** Two closed rounds of different cohorts: the other one's figures minus this one's. */
export type CohortComparison = ShownComparison & { here: ClosedRound; other: ClosedRound };

/**
 * The change between two closed rounds of one cohort, over matched schools, as it was summed when the later of the two
 * closed (measurement.md §7), or over the reports that are this viewer's to read.
 * @throws DomainError forbidden; not_found: not closed, of two cohorts, or the first is not the earlier
 */
export async function change(db: Db, actor: Actor, fromRoundId: string, toRoundId: string): Promise<CohortChange> {
  const [from, to] = [await closedOf(db, actor, fromRoundId), await closedOf(db, actor, toRoundId)];
  const found = await changeFor(db, from, to);
  if (found === null) throw new DomainError('not_found');
  const viewer = viewerOfBoth(from.viewer, to.viewer);
  const shown = shownChange(found.change, { from: from.sums, to: to.sums }, to.gone, viewer);
  const views = viewsNotAsked(shown.views, from.roles.intersection(to.roles));
  return { from: from.round, to: to.round, ...shown, views };
}

/**
 * Two cohorts beside each other (measurement.md §8), each from its sums. A trainer needs both to be the own ones.
 * @throws DomainError forbidden; not_found: not closed, or of one cohort, whose change is another question
 */
export async function comparison(
  db: Db,
  actor: Actor,
  roundId: string,
  otherRoundId: string,
): Promise<CohortComparison> {
  const [here, other] = [await closedOf(db, actor, roundId), await closedOf(db, actor, otherRoundId)];
  if (here.round.cohort.id === other.round.cohort.id) throw new DomainError('not_found');
  const lists = [
    await instruments.load(db, here.round.instrumentVersionId),
    await instruments.load(db, other.round.instrumentVersionId),
  ] as const;
  const same = new Set(inCommon(lists[0].instrument, lists[1].instrument).same);
  const shown = shownComparison(here, other, same);
  const views = shown.views.map((row) => {
    const isAsked = here.roles.has(row.view) && other.roles.has(row.view);
    return isAsked || row.difference !== null ? row : { ...row, reason: 'not_asked' as const };
  });
  return { here: here.round, other: other.round, ...shown, views };
}

/** What a round can be laid beside: the earlier closed rounds of its cohort, and closed rounds of other own cohorts. */
export type Comparable = { round: ClosedRound; earlier: ClosedRound[]; elsewhere: ClosedRound[]; seesSchools: boolean };

/** @throws DomainError not_found, forbidden as `closedOf` */
export async function comparable(db: Db, actor: Actor, roundId: string): Promise<Comparable> {
  const { round, viewer } = await closedOf(db, actor, roundId);
  const own = actor.kind === 'user' ? actor.cohortIds : [round.cohort.id];
  const closed = (await listSettled(db, actor, own)).map(toRound);
  const ofThis = ({ cohort }: ClosedRound) => cohort.id === round.cohort.id;
  return {
    round,
    earlier: closed.filter((one) => ofThis(one) && one.number < round.number),
    elsewhere: closed.filter((one) => !ofThis(one)),
    seesSchools: viewer.seesSchools,
  };
}
