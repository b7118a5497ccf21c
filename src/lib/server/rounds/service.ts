import type { Mode } from '#lib/disclosure/mode.ts';
import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as queries from './queries.ts';

export type { Round, SchoolRound } from './queries.ts';

/** The rounds of a cohort, in order. */
export function list(db: Db, cohortId: string): Promise<queries.Round[]> {
  return queries.listRounds(db, cohortId);
}

/**
 * A round, for the cohort's trainer.
 * @throws DomainError not_found, forbidden
 */
export async function get(db: Db, actor: Actor, id: string): Promise<queries.Round> {
  const round = await queries.findRound(db, id);
  if (!round) throw new DomainError('not_found');
  if (!may(actor, 'manage_cohort', { cohortId: round.cohortId })) throw new DomainError('forbidden');
  return round;
}

/** The usual name of a cohort's next round: T0, the baseline, then T1 and so on. */
export function nextName(rounds: readonly queries.Round[]): string {
  return `T${nextNumber(rounds)}`;
}

function nextNumber(rounds: readonly queries.Round[]): number {
  return Math.max(-1, ...rounds.map((round) => round.number)) + 1;
}

/**
 * Plans the cohort's next round for every IB'er in it; each starts in protected mode.
 * @returns its id
 * @throws DomainError not_found, forbidden, instrument_not_published, round_exists (the name is taken)
 */
export async function plan(
  db: Db,
  actor: Actor,
  cohortId: string,
  given: { name: string; instrumentVersionId: string },
): Promise<string> {
  return inTransaction(db, async (trx) => {
    await cohorts.get(trx, actor, cohortId);
    const versions = await instruments.list(trx);
    const version = versions.find((candidate) => candidate.id === given.instrumentVersionId);
    if (version?.status !== 'published') throw new DomainError('instrument_not_published');
    const rounds = await queries.listRounds(trx, cohortId);
    if (rounds.some((round) => round.name === given.name)) throw new DomainError('round_exists');
    const round: queries.Round = {
      ...given,
      id: newId(),
      cohortId,
      number: nextNumber(rounds),
      origin: 'app',
      status: 'planned',
      openedAt: null,
      closedAt: null,
    };
    await queries.insertRound(trx, { ...round, createdAt: nowIso() });
    for (const series of await cohorts.listSeries(trx, cohortId)) await addSchoolRound(trx, round.id, series.id);
    await audit.record(trx, actor, 'round.planned', { type: 'round', id: round.id });
    return round.id;
  });
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
  const round: queries.Round = {
    ...given,
    id: newId(),
    cohortId,
    number: isFree ? named : nextNumber(rounds),
    origin: 'import',
    status: 'closed',
    openedAt: null,
    closedAt: at,
  };
  await queries.insertRound(trx, { ...round, createdAt: at });
  return round;
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
 * Adds an IB'er who joined the cohort to its planned and open rounds.
 * @throws DomainError school_round_incomplete (a round is open, and the school has no director)
 */
export async function includeSeries(trx: Db, secret: string, cohortId: string, seriesId: string): Promise<void> {
  for (const round of await queries.listRounds(trx, cohortId)) {
    if (round.status === 'closed') continue;
    const schoolRoundId = await addSchoolRound(trx, round.id, seriesId);
    if (round.status === 'open') await inviteTeam(trx, secret, cohortId, { id: schoolRoundId, seriesId });
  }
}

/**
 * Invites somebody who joined a team to its open rounds; planned rounds invite the whole team when they open. Nobody is
 * asked twice, and a round whose director has submitted keeps that director (rules.md, Who, what, when).
 */
export async function includeMember(
  trx: Db,
  actor: Actor,
  secret: string,
  member: { cohortId: string; seriesId: string; personId: string; role: cohorts.TeamMember['role'] },
): Promise<void> {
  for (const round of await queries.listRounds(trx, member.cohortId)) {
    if (round.status !== 'open') continue;
    const schoolRounds = await queries.listSchoolRounds(trx, round.id);
    const schoolRound = schoolRounds.find((candidate) => candidate.seriesId === member.seriesId);
    if (!schoolRound) continue;
    const { personId, role } = member;
    const asked = (await queries.listProgress(trx, round.id)).filter((row) => row.schoolRoundId === schoolRound.id);
    if (asked.some((row) => row.personId === personId || (role === 'director' && row.role === role))) continue;
    const id = await invitations.invite(trx, secret, { schoolRoundId: schoolRound.id, personId, role });
    await audit.record(trx, actor, 'invitation.added', { type: 'invitation', id }, { role });
  }
}

/**
 * Chooses how the teachers' answers of one school are protected. Fixed once anybody has opened a form of it, since the
 * intro page told them (measurement.md §9).
 * @throws DomainError not_found, forbidden, mode_locked
 */
export async function chooseMode(db: Db, actor: Actor, schoolRoundId: string, mode: Mode): Promise<void> {
  await inTransaction(db, async (trx) => {
    const schoolRound = await queries.findSchoolRound(trx, schoolRoundId);
    if (!schoolRound) throw new DomainError('not_found');
    const round = await get(trx, actor, schoolRound.roundId);
    const progress = await queries.listProgress(trx, round.id);
    const hasStarted = progress.some((row) => row.schoolRoundId === schoolRoundId && row.status !== null);
    if (hasStarted || round.status === 'closed') throw new DomainError('mode_locked');
    await queries.setMode(trx, schoolRoundId, mode);
    await audit.record(trx, actor, 'round.mode_changed', { type: 'school_round', id: schoolRoundId }, { mode });
  });
}

/**
 * Opens a planned round: from now on the personal links work.
 * @throws DomainError not_found, forbidden, round_opened, round_has_no_schools, school_round_incomplete (a school
 *   without a director)
 */
export async function open(db: Db, actor: Actor, secret: string, id: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    const round = await get(trx, actor, id);
    if (round.status !== 'planned') throw new DomainError('round_opened');
    const schoolRounds = await queries.listSchoolRounds(trx, id);
    if (schoolRounds.length === 0) throw new DomainError('round_has_no_schools');
    for (const schoolRound of schoolRounds) await inviteTeam(trx, secret, round.cohortId, schoolRound);
    await queries.markOpen(trx, id, nowIso());
    await audit.record(trx, actor, 'round.opened', { type: 'round', id });
  });
}

/**
 * Closes the round for the whole cohort and takes its snapshots, in one transaction. Forms that were not submitted are
 * not used (rules.md, Who, what, when).
 * @throws DomainError not_found, forbidden, round_not_open
 */
export async function close(db: Db, actor: Actor, id: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    const round = await get(trx, actor, id);
    if (round.status !== 'open') throw new DomainError('round_not_open');
    await queries.markClosed(trx, id, nowIso());
    await reports.takeSnapshots(trx, id);
    await audit.record(trx, actor, 'round.closed', { type: 'round', id });
  });
}

/**
 * Shows the reports of these school rounds to their IB'er and director.
 * @throws DomainError not_found, forbidden, round_not_closed
 */
export async function release(db: Db, actor: Actor, roundId: string, schoolRoundIds: readonly string[]): Promise<void> {
  await setRelease(db, actor, roundId, schoolRoundIds, true);
}

/** Takes reports back, for a release by mistake. @throws DomainError as `release` */
export async function withdrawRelease(
  db: Db,
  actor: Actor,
  roundId: string,
  schoolRoundIds: readonly string[],
): Promise<void> {
  await setRelease(db, actor, roundId, schoolRoundIds, false);
}

async function setRelease(
  db: Db,
  actor: Actor,
  roundId: string,
  schoolRoundIds: readonly string[],
  isReleased: boolean,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const round = await get(trx, actor, roundId);
    if (round.status !== 'closed') throw new DomainError('round_not_closed');
    const known = new Map((await queries.listSchoolRounds(trx, roundId)).map((row) => [row.id, row]));
    if (schoolRoundIds.some((id) => !known.has(id))) throw new DomainError('not_found');
    const changing = schoolRoundIds.filter((id) => (known.get(id)?.releasedAt !== null) !== isReleased);
    if (changing.length === 0) return;
    await queries.setReleased(trx, changing, isReleased ? nowIso() : null);
    const action = isReleased ? 'round.released' : 'round.release_withdrawn';
    for (const id of changing) await audit.record(trx, actor, action, { type: 'school_round', id });
  });
}

async function addSchoolRound(trx: Db, roundId: string, seriesId: string): Promise<string> {
  const id = newId();
  await queries.insertSchoolRound(trx, { id, seriesId, roundId, mode: 'protected', createdAt: nowIso() });
  return id;
}

/** A school takes part in an open round with its director or not at all. */
async function inviteTeam(
  trx: Db,
  secret: string,
  cohortId: string,
  schoolRound: { id: string; seriesId: string },
): Promise<void> {
  const series = (await cohorts.listSeries(trx, cohortId)).find(({ id }) => id === schoolRound.seriesId);
  const team = series?.team ?? [];
  if (!team.some(({ role }) => role === 'director')) throw new DomainError('school_round_incomplete');
  for (const { personId, role } of team) {
    await invitations.invite(trx, secret, { schoolRoundId: schoolRound.id, personId, role });
  }
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
  raters: queries.ProgressRow[];
};

/**
 * How far a round is, by school.
 * @throws DomainError not_found, forbidden
 */
export async function progress(db: Db, actor: Actor, roundId: string): Promise<SchoolProgress[]> {
  const round = await get(db, actor, roundId);
  const schoolRounds = new Map((await queries.listSchoolRounds(db, roundId)).map((row) => [row.seriesId, row]));
  const raters = Map.groupBy(await queries.listProgress(db, roundId), (row) => row.schoolRoundId);
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
