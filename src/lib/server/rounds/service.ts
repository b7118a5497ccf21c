import type { Mode } from '#lib/disclosure/mode.ts';
import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { get } from './access.ts';
import { dateFaults, type RoundDates } from './date-rule.ts';
import { addSchoolRounds } from './inviting.ts';
import { lastWhole, nextNumber } from './naming.ts';
import { askOnly } from './pulse-service.ts';
import * as queries from './queries.ts';
import * as responseQueries from './response-queries.ts';

export type { RoundDates } from './date-rule.ts';
export type { Round, SchoolRound } from './queries.ts';
export { get } from './access.ts';
export { isWholeName, lastWhole, nextName, nextPulseName } from './naming.ts';
export { includeMembers, includeSeries } from './inviting.ts';
export { mailReportsTo, releasable, release, withdrawRelease } from './releasing.ts';
export { previewReopening, reopen } from './reopening.ts';
export { close, open, previewOpening } from './running.ts';

/** The rounds of a cohort, in order. */
export function list(db: Db, cohortId: string): Promise<queries.Round[]> {
  return queries.listRounds(db, cohortId);
}

/** When a round opens and closes, and whether its raters are reminded by the schedule. */
export type Planning = RoundDates & { reminds: boolean };

/** How a round runs unless somebody chooses otherwise. */
export const BY_HAND: Planning = { opensOn: null, closesOn: null, reminds: true };

/**
 * What a round is planned with; `aspects` are the codes that a pulse asks, and without them it asks the whole list. The
 * list of a pulse is the one that they were chosen from.
 */
export type NewRound = { name: string; instrumentVersionId: string; aspects?: readonly string[] } & Partial<Planning>;

/**
 * Plans the cohort's next round for every IB'er in it; each starts in protected mode, in a pulse in that of the whole round
 * before it. Without dates it opens and closes by hand.
 * @returns its id
 * @throws DomainError not_found, forbidden, instrument_not_published, round_exists (the name is taken),
 *   round_dates_wrong; of a pulse pulse_too_early (no whole round has opened yet), pulse_aspects_wrong;
 *   changed_meanwhile when a whole round of another list has opened since they were chosen
 */
export async function plan(
  db: Db,
  actor: Actor,
  cohortId: string,
  { aspects, ...given }: NewRound,
  now = new Date(),
): Promise<string> {
  return inTransaction(db, async (trx) => {
    await cohorts.get(trx, actor, cohortId);
    const rounds = await queries.listRounds(trx, cohortId);
    const before = aspects && lastWhole(rounds);
    if (aspects && !before) throw new DomainError('pulse_too_early');
    // A pulse goes on with the list that the round before it asked, also when that is used for no new rounds any more.
    if (!before) await assertPublished(trx, given.instrumentVersionId);
    else if (before.instrumentVersionId !== given.instrumentVersionId) throw new DomainError('changed_meanwhile');
    if (rounds.some((round) => round.name === given.name)) throw new DomainError('round_exists');
    const planning = { ...BY_HAND, ...given };
    assertDates(planning, BY_HAND, now);
    const round: queries.NewRound = {
      ...planning,
      id: newId(),
      cohortId,
      number: nextNumber(rounds),
      origin: 'app',
      status: 'planned',
      openedAt: null,
      closedAt: null,
      createdAt: now.toISOString(),
    };
    await queries.insertRound(trx, round);
    if (aspects) await askOnly(trx, round, aspects);
    const takingPart = await cohorts.listTakingPart(trx, cohortId);
    await addSchoolRounds(
      trx,
      round.id,
      takingPart.map(({ id }) => id),
      now,
      before && (await modesOf(trx, before.id)),
    );
    await audit.record(trx, actor, 'round.planned', { type: 'round', id: round.id });
    return round.id;
  });
}

/** How the teachers of each IB'er were protected in a round. */
async function modesOf(db: Db, roundId: string): Promise<ReadonlyMap<string, Mode>> {
  const rows = await queries.listSchoolRounds(db, roundId);
  return new Map(rows.map(({ seriesId, mode }) => [seriesId, mode]));
}

async function assertPublished(db: Db, versionId: string): Promise<void> {
  const version = (await instruments.list(db)).find(({ id }) => id === versionId);
  if (version?.status !== 'published') throw new DomainError('instrument_not_published');
}

/**
 * Makes a round of imported answers, closed from the start. It gets the number of its name (T1: 1), so that a round that
 * is imported later finds its place; the next free one when that is taken.
 */
export async function addImported(
  trx: Db,
  cohortId: string,
  given: { name: string; instrumentVersionId: string },
): Promise<queries.Round> {
  const rounds = await queries.listRounds(trx, cohortId);
  const named = Number(/\d+$/.exec(given.name)?.[0] ?? Number.NaN);
  const isFree = Number.isInteger(named) && rounds.every(({ number }) => number !== named);
  const at = nowIso();
  const round: queries.NewRound = {
    ...BY_HAND,
    ...given,
    id: newId(),
    cohortId,
    number: isFree ? named : nextNumber(rounds),
    origin: 'import',
    status: 'closed',
    openedAt: null,
    closedAt: at,
    createdAt: at,
  };
  await queries.insertRound(trx, round);
  return { ...round, version: 1, invented: false, isPulse: false };
}

/**
 * Changes when a round opens (as long as it is planned) and closes (as long as it is not closed), and whether its raters
 * are reminded by the schedule. A later day of closing extends an open round.
 * @param version the version that the change was made from
 * @throws DomainError not_found, forbidden, round_closed, round_dates_wrong; changed_meanwhile when somebody else changed
 *   them, or it has opened since
 */
export async function changeDates(
  db: Db,
  actor: Actor,
  id: string,
  version: number,
  given: Planning,
  now = new Date(),
): Promise<void> {
  const round = await get(db, actor, id);
  if (round.status === 'closed') throw new DomainError('round_closed');
  if (round.version !== version) throw new DomainError('changed_meanwhile');
  // A round that is open has opened: that day is past.
  const dates = round.status === 'open' ? { ...given, opensOn: round.opensOn } : given;
  assertDates(dates, round, now);
  await inTransaction(db, async (trx) => {
    if (!(await queries.changeDates(trx, round, dates))) throw new DomainError('changed_meanwhile');
    const detail = { opensOn: dates.opensOn ?? '', closesOn: dates.closesOn ?? '', reminds: dates.reminds };
    await audit.record(trx, actor, 'round.dates_changed', { type: 'round', id }, detail);
  });
}

function assertDates(dates: RoundDates, before: RoundDates, now: Date): void {
  if (Object.keys(dateFaults(dates, before, dayOf(now))).length > 0) throw new DomainError('round_dates_wrong');
}

/**
 * Takes a planned round away again.
 * @throws DomainError not_found, forbidden, round_opened
 */
export async function cancel(db: Db, actor: Actor, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const round = await get(trx, actor, id);
    if (round.status !== 'planned') throw new DomainError('round_opened');
    await queries.deletePlannedRound(trx, id);
    await audit.record(trx, actor, 'round.cancelled', { type: 'round', id });
  });
}

/**
 * Chooses how the teachers' answers of one school are protected. Fixed once anybody has opened a form of it, since the
 * intro page told them (measurement.md §9).
 * @param seen the mode that the choice was made from; left out by whoever looks at nothing first
 * @throws DomainError not_found, forbidden, mode_locked; changed_meanwhile when somebody else chose another since
 */
export async function chooseMode(db: Db, actor: Actor, schoolRoundId: string, mode: Mode, seen?: Mode): Promise<void> {
  await inTransaction(db, async (trx) => {
    const schoolRound = await queries.findSchoolRound(trx, schoolRoundId);
    if (!schoolRound) throw new DomainError('not_found');
    const round = await get(trx, actor, schoolRound.roundId);
    const progress = await responseQueries.listProgress(trx, round.id);
    const hasStarted = progress.some((row) => row.schoolRoundId === schoolRoundId && row.status !== null);
    if (hasStarted || round.status === 'closed') throw new DomainError('mode_locked');
    if (seen !== undefined && seen !== schoolRound.mode) throw new DomainError('changed_meanwhile');
    await queries.setMode(trx, schoolRound, mode);
    await audit.record(trx, actor, 'round.mode_changed', { type: 'school_round', id: schoolRoundId }, { mode });
  });
}

/** One school in a round: the people asked and how far each is, never what was answered. */
export type SchoolProgress = {
  schoolRoundId: string;
  series: cohorts.SeriesWithTeam;
  mode: Mode;
  /** Somebody has opened a form, so the mode is fixed. */
  modeLocked: boolean;
  releasedAt: string | null;
  /** Empty as long as the round is planned: the team is invited when it opens. */
  raters: responseQueries.ProgressRow[];
};

/**
 * How far a round is, by school.
 * @throws DomainError not_found, forbidden
 */
export async function progress(db: Db, actor: Actor, roundId: string): Promise<SchoolProgress[]> {
  const round = await get(db, actor, roundId);
  const schoolRounds = new Map((await queries.listSchoolRounds(db, roundId)).map((row) => [row.seriesId, row]));
  const raters = Map.groupBy(await responseQueries.listProgress(db, roundId), (row) => row.schoolRoundId);
  return (await cohorts.listSeries(db, round.cohortId)).flatMap((series) => {
    const schoolRound = schoolRounds.get(series.id);
    if (!schoolRound) return [];
    const asked = raters.get(schoolRound.id) ?? [];
    return {
      schoolRoundId: schoolRound.id,
      series,
      mode: schoolRound.mode,
      modeLocked: round.status === 'closed' || asked.some((row) => row.status !== null),
      releasedAt: schoolRound.releasedAt,
      raters: asked,
    };
  });
}
