import { DomainError } from '#lib/errors.ts';
import { isPart } from '#lib/instrument/part.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { askedByRound, readAsked } from '#lib/server/instruments/asked-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as nextSession from '#lib/server/next-session/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { get, getOfCohort } from './access.ts';
import { lastWhole, nextPulseName } from './naming.ts';
import { putAspects } from './pulse-queries.ts';
import { listRounds, raiseVersion, type Round, type RoundOfCohort } from './queries.ts';

/** A pulse round ("korte meting"): some aspects of the list, between two rounds that ask the whole of it. */

/** A cohort before a pulse: the whole list that it asks from, of which round that is, and the name that it would get. */
export type PulsePlan = {
  cohort: cohorts.Cohort;
  instrumentVersionId: string;
  list: Instrument;
  from: Pick<Round, 'id' | 'name'>;
  /** The name of a round of the cohort that is open; null when none is. */
  open: string | null;
  /** Aspects to begin from: those of the session that was asked for, or that of the last whole round that closed; none where there is no such picture. */
  proposed: string[];
  nextName: string;
};

/**
 * What a pulse of this cohort would ask from.
 * @param sessionOf the round of the cohort whose session it begins from; passed over where it is none that has a picture
 * @throws DomainError not_found, forbidden, pulse_too_early
 */
export async function planOf(
  db: Db,
  actor: Actor,
  cohortId: string,
  sessionOf: string | null = null,
): Promise<PulsePlan> {
  const cohort = await cohorts.get(db, actor, cohortId);
  const rounds = await listRounds(db, cohort.id);
  const from = lastWhole(rounds);
  if (!from) throw new DomainError('pulse_too_early');
  const { instrumentVersionId } = from;
  const { instrument, aspectIds } = await instruments.load(db, instrumentVersionId);
  const isClosed = ({ status }: Round) => status === 'closed';
  const closed =
    rounds.find((round) => round.id === sessionOf && isClosed(round)) ??
    rounds.findLast((round) => !round.isPulse && isClosed(round));
  const session = closed === undefined ? [] : await sessionAspects(db, actor, closed);
  const open = rounds.find(({ status }) => status === 'open')?.name ?? null;
  return {
    open,
    ...{ cohort, instrumentVersionId, list: instrument, from, nextName: nextPulseName(rounds) },
    proposed: session.filter((code) => aspectIds.has(code)),
  };
}

async function sessionAspects(db: Db, actor: Actor, round: Round): Promise<string[]> {
  if (!may(actor, 'see_cohort_figures', { cohortId: round.cohortId })) return [];
  const figures = await reports.roundFigures(db, actor, round.id);
  if (figures === null) return [];
  const { places } = await nextSession.ofRound(db, figures, await askedByRound(db, round));
  return places.map(({ code }) => code);
}

/** What a pulse asks: the whole list, and the codes of the aspects that it asks of it. */
export type PulseAspects = RoundOfCohort & { list: Instrument; asked: string[] };

/**
 * The aspects of a pulse.
 * @throws DomainError not_found (also for a round that is no pulse), forbidden
 */
export async function askedAspects(db: Db, actor: Actor, id: string): Promise<PulseAspects> {
  const found = await getOfCohort(db, actor, id);
  if (!found.round.isPulse) throw new DomainError('not_found');
  return { ...found, ...(await askedBy(db, found.round)) };
}

/**
 * Lets a round that is being planned ask these aspects alone, in the caller's transaction.
 * @throws DomainError pulse_aspects_wrong: none, all, one twice, or one that the list does not have
 */
export async function askOnly(
  trx: Db,
  round: Pick<Round, 'id' | 'instrumentVersionId'>,
  codes: readonly string[],
): Promise<void> {
  const { aspectIds } = await instruments.load(trx, round.instrumentVersionId);
  if (!isPart(codes, new Set(aspectIds.keys()))) throw new DomainError('pulse_aspects_wrong');
  const ids = codes.flatMap((code) => aspectIds.get(code) ?? []);
  await putAspects(trx, round.id, ids);
}

/**
 * Chooses the aspects of a pulse anew, as long as it is planned: once it is open, people were told how many there are.
 * @param version the version of the round that the choice was made from
 * @throws DomainError not_found, forbidden, round_opened, pulse_aspects_wrong; not_found too for a round that is no pulse;
 *   changed_meanwhile when somebody else changed the round since
 */
export async function changeAspects(
  db: Db,
  actor: Actor,
  id: string,
  version: number,
  codes: readonly string[],
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const round = await get(trx, actor, id);
    if (!round.isPulse) throw new DomainError('not_found');
    if (round.status !== 'planned') throw new DomainError('round_opened');
    if (round.version !== version) throw new DomainError('changed_meanwhile');
    await askOnly(trx, round, codes);
    await raiseVersion(trx, id);
    await audit.record(trx, actor, 'round.aspects_changed', { type: 'round', id });
  });
}

/** The same for a round that the caller may see; of a whole round it is the whole list. */
export async function askedBy(
  db: Db,
  { id, instrumentVersionId }: Round,
): Promise<Pick<PulseAspects, 'list' | 'asked'>> {
  const { whole, aspectIds } = await readAsked(db, { roundId: id, instrumentVersionId });
  return { list: whole, asked: [...aspectIds.keys()] };
}
