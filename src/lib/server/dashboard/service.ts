import type { Instrument } from '#lib/instrument/schema.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { askedByRound, type AskedList } from '#lib/server/instruments/asked-service.ts';
import * as nextSession from '#lib/server/next-session/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { schoolValues } from '#lib/server/reports/school-values-service.ts';
import type { SchoolValues } from '#lib/server/reports/school-values-service.ts';
import { standing } from '#lib/server/rounds/progress-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';

/** A round that may still change, so that nothing can be said of its cohort yet. */
export type Waiting = {
  round: rounds.Round;
  cohort: { id: string; name: string };
  /** IB'ers who were asked: never fewer than the schools that a figure could be about. */
  ratees: number;
};

/** A cohort's closed round as its trainer sees it, and the session that it proposes. */
export type Dashboard = {
  figures: reports.RoundFigures;
  /** The list as the round asked it. */
  instrument: Instrument;
  session: nextSession.NextSession;
  /** Single schools, where the cohort's setting lets this viewer see them and there are five of them at least. */
  schools: SchoolValues | null;
  response: Record<Role, { asked: number; submitted: number }>;
  /** Some report has not been released. */
  toRelease: boolean;
};

/**
 * The picture of a cohort in one round, from what was summed when it closed; while it has not closed, which round it is.
 * @throws DomainError not_found, forbidden
 */
export async function get(db: Db, actor: Actor, roundId: string): Promise<Dashboard | Waiting> {
  const figures = await reports.roundFigures(db, actor, roundId);
  const { round, cohort, response, unreleased } = await standing(db, actor, roundId);
  if (figures === null) return { round, cohort, ratees: response.ib.asked };
  const list = await listOf(db, figures);
  return {
    figures,
    instrument: list.instrument,
    session: await nextSession.ofRound(db, figures, list),
    schools: await schoolValues(db, actor, figures.round.id),
    response,
    toRelease: unreleased > 0,
  };
}

/**
 * The round and its cohort, for a page that has nothing of them yet and says when it will.
 * @throws DomainError not_found, forbidden
 */
export async function waitingFor(db: Db, actor: Actor, roundId: string): Promise<Waiting> {
  const { round, cohort, response } = await standing(db, actor, roundId);
  return { round, cohort, ratees: response.ib.asked };
}

/** The same, with the closed rounds of the cohort beside it, oldest first: of the others what is of one aspect. */
export type RoundsOfCohort = Pick<Dashboard, 'figures' | 'instrument' | 'session' | 'schools'> & {
  /** `whole`: the list of which a pulse round asked a part. */
  rounds: (Pick<Dashboard, 'figures' | 'instrument'> & { whole: Instrument })[];
};

/**
 * What the page of one aspect is made from; null while the round has not closed.
 * @throws DomainError not_found, forbidden
 */
export async function withRounds(
  db: Db,
  actor: Actor,
  roundId: string,
  aspect: string,
): Promise<RoundsOfCohort | null> {
  const figures = await reports.roundFigures(db, actor, roundId);
  if (figures === null) return null;
  const list = await listOf(db, figures);
  const all: RoundsOfCohort['rounds'] = [];
  for (const round of await rounds.list(db, figures.round.cohort.id)) {
    const own = round.id === roundId ? figures : await reports.roundFigures(db, actor, round.id, aspect);
    if (own === null) continue;
    const { instrument, whole } = await listOf(db, own);
    all.push({ figures: own, instrument, whole });
  }
  return {
    figures,
    instrument: list.instrument,
    session: await nextSession.ofRound(db, figures, list),
    schools: await schoolValues(db, actor, figures.round.id),
    rounds: all,
  };
}

/**
 * What the page of a session is made from; null while the round has not closed.
 * @throws DomainError not_found, forbidden
 */
export async function session(
  db: Db,
  actor: Actor,
  roundId: string,
): Promise<Pick<Dashboard, 'figures' | 'instrument' | 'session'> | null> {
  const figures = await reports.roundFigures(db, actor, roundId);
  if (figures === null) return null;
  const list = await listOf(db, figures);
  return { figures, instrument: list.instrument, session: await nextSession.ofRound(db, figures, list) };
}

/** Whether a round has its picture. */
export function hasFigures(found: Dashboard | Waiting): found is Dashboard {
  return 'figures' in found;
}

function listOf(db: Db, { round }: reports.RoundFigures): Promise<AskedList> {
  return askedByRound(db, round);
}
