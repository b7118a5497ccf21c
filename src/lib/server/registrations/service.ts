import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import { divide, goesOn, isSameSchool, isTaking } from '#lib/programme/registration.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, newToken } from '#lib/server/ids.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import * as entries from './entry-queries.ts';
import * as queries from './queries.ts';

export type { Entry, Given } from './entry-queries.ts';
export type { Registration, Settings } from './queries.ts';

/** The trainer's side of a registration: opening and closing it, its link, and how places would be divided. */

/**
 * Where a school stands. `next`: gets a place as places would be divided now; `waiting`: does not fit; `left`: had a place,
 * and takes part no more.
 */
export type LineState = 'placed' | 'next' | 'waiting' | 'left' | 'withdrawn';

export type Line = entries.Entry & {
  /** How many places it takes: two for a pair where pairs are wanted. */
  people: 1 | 2;
  state: LineState;
  /** It takes part in the cohort: still, where it withdrew. */
  isInCohort: boolean;
};

/** A registration as its trainer sees it. Numbers count people. */
export type Overview = {
  registration: queries.Registration;
  isTaking: boolean;
  /** The day on which the first names and addresses go (yyyy-mm-dd); of each school that which it was told. */
  goesOn: string;
  /** In the order of their turn where they wait, and else of arrival. */
  lines: Line[];
  registered: number;
  /** Who takes part: by a place, or added to the cohort by hand. */
  taken: number;
  byHand: number;
  /** What is left once those whose turn it is have a place; null without a limit. */
  free: number | null;
};

/**
 * The registration of a cohort for its trainer; null where none was opened yet.
 * @throws DomainError not_found, forbidden
 */
export async function get(db: Db, actor: Actor, cohortId: string, now: Date): Promise<Overview | null> {
  await cohorts.get(db, actor, cohortId);
  const registration = await queries.find(db, cohortId);
  return registration ? overviewOf(db, registration, now) : null;
}

/** The same, of a registration that the caller may read. */
export async function overviewOf(db: Db, registration: queries.Registration, now: Date): Promise<Overview> {
  const { cohortId, pairs, maxPeople } = registration;
  const all = await entries.list(db, cohortId);
  const series = await cohorts.listTakingPart(db, cohortId);
  const inCohort = new Set(series.map(({ id }) => id));
  const registered = new Set(all.flatMap(({ seriesId }) => seriesId ?? []));
  const lines = all.map((entry): Line => {
    const isInCohort = entry.seriesId !== null && inCohort.has(entry.seriesId);
    const placed = isInCohort ? 'placed' : 'left';
    const state = entry.withdrawnAt !== null ? 'withdrawn' : entry.placedAt === null ? 'waiting' : placed;
    return { ...entry, people: peopleOf(entry, pairs), isInCohort, state };
  });
  const byHand = countPeople(
    series.filter(({ id }) => !registered.has(id)),
    pairs,
  );
  const sumOf = (of: readonly Line[]) => of.reduce((sum, { people }) => sum + people, 0);
  const taken = byHand + sumOf(lines.filter(({ state }) => state === 'placed'));
  const waiting = lines.filter(({ state }) => state === 'waiting');
  const applicants = waiting.map((line) => {
    const there = series.filter((each) => !registered.has(each.id) && isOf(each, line));
    const people = Math.max(0, line.people - countPeople(there, pairs));
    return { id: line.id, people, isPair: line.people === 2, arrivedAt: line.arrivedAt };
  });
  const division = divide({ most: maxPeople, taken, pairsFirst: pairs }, applicants);
  const turn = [...division.given, ...division.waiting];
  const inTurn = waiting
    .map((line): Line => (division.given.includes(line.id) ? { ...line, state: 'next' } : line))
    .toSorted((a, b) => turn.indexOf(a.id) - turn.indexOf(b.id));
  const [firstGoes = goesOn(registration.startsOn)] = all.map((entry) => entry.goesOn).toSorted();
  return {
    ...{ registration, isTaking: isTaking(registration, dayOf(now)), goesOn: firstGoes },
    lines: [...inTurn, ...lines.filter(({ state }) => state !== 'waiting')],
    registered: sumOf(lines.filter(({ state }) => state !== 'withdrawn' && state !== 'left')),
    ...{ taken, byHand, free: division.free },
  };
}

/** How many places a school takes: two for a pair, where pairs are wanted. */
export function peopleOf({ director }: Pick<entries.Given, 'director'>, pairs: boolean): 1 | 2 {
  return pairs && director !== null ? 2 : 1;
}

/** Whether somebody in a cohort is the IB'er at the school that registered. */
export function isOf(
  { schoolName: name, brin, team }: cohorts.SeriesWithTeam,
  { school, ib }: Pick<entries.Entry, 'school' | 'ib'>,
): boolean {
  if (ib === null || !isSameSchool({ name, brin }, school)) return false;
  return team.some(({ role, email }) => role === 'ib' && email === ib.email);
}

/** How many people take part: one person at several schools is one, and a director counts where pairs are wanted. */
function countPeople(series: readonly cohorts.SeriesWithTeam[], pairs: boolean): number {
  const counts = (role: string) => role === 'ib' || (pairs && role === 'director');
  const people = series.flatMap(({ team }) => team.filter(({ role }) => counts(role)));
  return new Set(people.map(({ personId }) => personId)).size;
}

/** What a registration begins with: the places of the cohort's template, and its first day; null where nothing is known. */
export type Suggestion = Pick<queries.Settings, 'minPeople' | 'maxPeople' | 'pairs'> & { startsOn: string | null };

/** @throws DomainError not_found, forbidden */
export async function suggest(db: Db, actor: Actor, cohortId: string): Promise<Suggestion> {
  await cohorts.get(db, actor, cohortId);
  const { templateId, startsOn } = await plans.planOfCohort(db, cohortId);
  if (templateId === null) return { minPeople: null, maxPeople: null, pairs: false, startsOn };
  const { places } = (await templates.load(db, templateId)).template;
  return { minPeople: places.min, maxPeople: places.max, pairs: places.pairs, startsOn };
}

/**
 * Opens the registration of a cohort, or changes what was set.
 * @param version that of the registration as the trainer saw it; null to open one
 * @throws DomainError not_found, forbidden, changed_meanwhile (also where another trainer opened it meanwhile)
 */
export async function save(
  db: Db,
  actor: Actor,
  cohortId: string,
  version: number | null,
  settings: queries.Settings,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await cohorts.get(trx, actor, cohortId);
    const isStored =
      version === null
        ? await queries.insert(trx, cohortId, settings, now.toISOString())
        : await queries.update(trx, cohortId, version, settings);
    if (!isStored) throw new DomainError('changed_meanwhile');
    const action = version === null ? 'registration.opened' : 'registration.changed';
    await audit.record(trx, actor, action, { type: 'cohort', id: cohortId });
  });
}

/**
 * Closes the registration, or opens it again. Once more is harmless.
 * @throws DomainError not_found, forbidden; registration_day_past where its last day is over: then that is changed first
 */
export async function setClosed(db: Db, actor: Actor, cohortId: string, isClosed: boolean, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { registration } = await assertThere(trx, actor, cohortId, now);
    if ((registration.closedAt !== null) === isClosed) return;
    if (!isClosed && registration.lastOn < dayOf(now)) throw new DomainError('registration_day_past');
    await queries.setClosed(trx, cohortId, isClosed ? now.toISOString() : null);
    const action = isClosed ? 'registration.closed' : 'registration.reopened';
    await audit.record(trx, actor, action, { type: 'cohort', id: cohortId });
  });
}

/**
 * Makes the link to share, shown this once; an earlier one ends. Written to the log.
 * @throws DomainError not_found, forbidden
 */
export async function makeLink(db: Db, actor: Actor, publicUrl: string, cohortId: string, now: Date): Promise<string> {
  return inTransaction(db, async (trx) => {
    await assertThere(trx, actor, cohortId, now);
    const token = newToken();
    await queries.setLink(trx, cohortId, hashToken(token), now.toISOString());
    await audit.record(trx, actor, 'registration.link_made', { type: 'cohort', id: cohortId });
    return `${publicUrl}/r/${token}`;
  });
}

/** @throws DomainError not_found (also where none was opened), forbidden */
export async function assertThere(db: Db, actor: Actor, cohortId: string, now: Date): Promise<Overview> {
  const overview = await get(db, actor, cohortId, now);
  if (overview === null) throw new DomainError('not_found');
  return overview;
}
