import { DomainError } from '#lib/errors.ts';
import type { Role } from '#lib/instrument/types.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { keepToItself } from '#lib/server/demo/accounts-service.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import { isBrin, normalizeBrin } from './brin.ts';
import { ensureSchool } from './known-schools-service.ts';
import { listCohortsOf } from './programme-queries.ts';
import * as queries from './queries.ts';
import * as seriesQueries from './series-queries.ts';

export { isBrin, normalizeBrin } from './brin.ts';
export type { Cohort, Series, TeamMember } from './queries.ts';

/** The cohorts that the actor is trainer of, by name. */
export async function listOwn(db: Db, actor: Actor): Promise<queries.Cohort[]> {
  return actor.kind === 'user' ? queries.listCohorts(db, actor.cohortIds) : [];
}

/**
 * A cohort for its trainer.
 * @throws DomainError not_found, forbidden
 */
export async function get(db: Db, actor: Actor, id: string): Promise<queries.Cohort> {
  const cohort = await queries.findCohort(db, id);
  if (!cohort) throw new DomainError('not_found');
  if (!may(actor, 'manage_cohort', { cohortId: id })) throw new DomainError('forbidden');
  return cohort;
}

/** The same for services that have asked whether the reader may. @throws DomainError not_found */
export async function describe(db: Db, id: string): Promise<queries.Cohort> {
  const cohort = await queries.findCohort(db, id);
  if (!cohort) throw new DomainError('not_found');
  return cohort;
}

/**
 * Makes a cohort, with its programme and partnership where they are new; the actor becomes its trainer.
 * @returns its id
 * @throws DomainError forbidden, cohort_name_taken, programme_of_others
 */
export async function create(
  db: Db,
  actor: Actor,
  cohort: { name: string; programme: string; partnership: string; trainerSeesSchools: boolean },
): Promise<string> {
  if (actor.kind !== 'user' || !may(actor, 'create_cohort')) throw new DomainError('forbidden');
  return inTransaction(db, async (trx) => {
    if (await queries.findCohortByName(trx, cohort.name)) throw new DomainError('cohort_name_taken');
    const programmeId = await ensureProgramme(trx, actor, cohort);
    const id = newId();
    const { name, trainerSeesSchools } = cohort;
    await queries.insertCohort(trx, { id, name, programmeId, trainerSeesSchools, createdAt: nowIso() });
    await accounts.grant(trx, actor, actor.userId, { role: 'trainer', cohortId: id, programmeId: null });
    await audit.record(trx, actor, 'cohort.created', { type: 'cohort', id });
    return id;
  });
}

/** What a trainer may change of a cohort; `programme` null: it is in none, as an imported one. */
export type CohortChange = {
  name: string;
  programme: { programme: string; partnership: string } | null;
  trainerSeesSchools: boolean;
};

/**
 * Changes a cohort's name, programme and partnership, and what the trainer may see as long as nobody has opened a form.
 * @param version that of the cohort as the trainer saw it
 * @throws DomainError not_found, forbidden, cohort_name_taken, setting_locked, changed_meanwhile, programme_of_others
 */
export async function change(db: Db, actor: Actor, id: string, version: number, values: CohortChange): Promise<void> {
  await inTransaction(db, async (trx) => {
    const cohort = await get(trx, actor, id);
    if (cohort.version !== version) throw new DomainError('changed_meanwhile');
    const other = await queries.findCohortByName(trx, values.name);
    if (other && other.id !== id) throw new DomainError('cohort_name_taken');
    if (values.trainerSeesSchools !== cohort.trainerSeesSchools && (await queries.hasResponses(trx, id))) {
      throw new DomainError('setting_locked');
    }
    const programmeId = values.programme && (await ensureProgramme(trx, actor, values.programme));
    const { name, trainerSeesSchools } = values;
    if (!(await queries.updateCohort(trx, id, version, { name, programmeId, trainerSeesSchools }))) {
      throw new DomainError('changed_meanwhile');
    }
    await audit.record(trx, actor, 'cohort.changed', { type: 'cohort', id });
  });
}

/** The cohort with this name, for the operator; null when there is none. */
export async function findByName(db: Db, name: string): Promise<queries.Cohort | null> {
  return (await queries.findCohortByName(db, name)) ?? null;
}

/** Makes the cohort of imported rounds: outside any programme, and its trainers do not see single schools. */
export async function createImported(trx: Db, actor: Actor, name: string): Promise<string> {
  const id = newId();
  await queries.insertCohort(trx, { id, name, programmeId: null, trainerSeesSchools: false, createdAt: nowIso() });
  await audit.record(trx, actor, 'cohort.created', { type: 'cohort', id });
  await keepToItself(trx, actor);
  return id;
}

/** A school as a file names it: by its BRIN, and by its name where the code is none (interfaces.md, Long form). */
export function schoolOfCode(code: string): { name: string; brin: string | null } {
  return isBrin(code) ? { name: normalizeBrin(code), brin: normalizeBrin(code) } : { name: code, brin: null };
}

/** The id of the school that a file means; null when there is none. */
export async function findSchool(db: Db, code: string): Promise<string | null> {
  return (await queries.findSchool(db, schoolOfCode(code)))?.id ?? null;
}

/** The id of the school that a file means, made when there is none. */
export function ensureSchoolOfCode(trx: Db, code: string): Promise<string> {
  return ensureSchool(trx, schoolOfCode(code));
}

/** Whether the cohort's setting is fixed because somebody has opened a form. */
export function isLocked(db: Db, cohortId: string): Promise<boolean> {
  return queries.hasResponses(db, cohortId);
}

/** An IB'er at a school with everybody who is asked. */
export type SeriesWithTeam = queries.Series & { team: queries.TeamMember[] };

/** Every IB'er of a cohort with the team, by school; also those who left, with `leftAt`. */
export async function listSeries(db: Db, cohortId: string): Promise<SeriesWithTeam[]> {
  const teams = Map.groupBy(await queries.listTeams(db, cohortId), (member) => member.seriesId);
  const series = await queries.listSeries(db, cohortId);
  return series.map((row) => ({ ...row, team: teams.get(row.id) ?? [] }));
}

/** Every IB'er who takes part in what comes: not those who left. */
export async function listTakingPart(db: Db, cohortId: string): Promise<SeriesWithTeam[]> {
  return (await listSeries(db, cohortId)).filter(({ leftAt }) => leftAt === null);
}

/**
 * One IB'er with the team, for the cohort's trainer.
 * @throws DomainError not_found, forbidden
 */
export async function getSeries(db: Db, actor: Actor, id: string): Promise<SeriesWithTeam> {
  const series = await queries.findSeries(db, id);
  if (!series) throw new DomainError('not_found');
  if (!may(actor, 'manage_cohort', { cohortId: series.cohortId })) throw new DomainError('forbidden');
  const found = (await listSeries(db, series.cohortId)).find((row) => row.id === id);
  if (!found) throw new DomainError('not_found');
  return found;
}

/** `language` is that of somebody who is new; Dutch unless it is said. */
export type NewPerson = { name: string; email: string | null; language?: 'nl' | 'en' };

/**
 * Adds an IB'er at a school, with director and teachers; the school is known by its BRIN, or else its name.
 * @returns the series' id
 * @throws DomainError not_found, forbidden, series_exists, person_has_role
 */
export async function addSeries(
  trx: Db,
  actor: Actor,
  cohortId: string,
  given: {
    school: { name: string; brin: string | null };
    ib: NewPerson;
    director: NewPerson | null;
    teachers: NewPerson[];
  },
): Promise<string> {
  await get(trx, actor, cohortId);
  const schoolId = await ensureSchool(trx, given.school);
  const rateeId = await accounts.ensurePerson(trx, given.ib);
  if (await queries.findSeriesOf(trx, cohortId, schoolId, rateeId)) throw new DomainError('series_exists');
  const id = newId();
  await queries.insertSeries(trx, { id, cohortId, schoolId, rateeId, createdAt: nowIso() });
  await audit.record(trx, actor, 'series.added', { type: 'series', id });
  await join(trx, actor, id, rateeId, 'ib');
  if (given.director) await enlist(trx, actor, id, 'director', given.director);
  for (const teacher of given.teachers) await enlist(trx, actor, id, 'teacher', teacher);
  return id;
}

/**
 * Adds somebody to the people who are asked about an IB'er. It asks for no version, for nothing is lost where two trainers
 * add people at once; it raises it, for whoever has the team open would change another one than is seen.
 * @returns the person's id
 * @throws DomainError not_found, forbidden, series_left, person_has_role (the person is in the team, or the
 *   team has a director)
 */
export async function addMember(
  trx: Db,
  actor: Actor,
  seriesId: string,
  role: 'director' | 'teacher',
  given: NewPerson,
): Promise<string> {
  assertTakesPart(await getSeries(trx, actor, seriesId));
  await seriesQueries.raise(trx, [seriesId]);
  return enlist(trx, actor, seriesId, role, given);
}

/** Whoever left the cohort keeps the team as it was: nothing new is asked. @throws DomainError series_left */
export function assertTakesPart(series: Pick<queries.Series, 'leftAt'>): void {
  if (series.leftAt !== null) throw new DomainError('series_left');
}

async function enlist(trx: Db, actor: Actor, seriesId: string, role: Role, given: NewPerson): Promise<string> {
  const personId = await accounts.ensurePerson(trx, given);
  await join(trx, actor, seriesId, personId, role);
  return personId;
}

async function join(trx: Db, actor: Actor, seriesId: string, personId: string, role: Role): Promise<void> {
  const team = await queries.listTeam(trx, seriesId);
  const isTaken = team.some((member) => member.personId === personId || (role !== 'teacher' && member.role === role));
  if (isTaken) throw new DomainError('person_has_role');
  await queries.insertTeamMember(trx, { id: newId(), seriesId, personId, role, joinedAt: nowIso() });
  await audit.record(trx, actor, 'team.added', { type: 'series', id: seriesId }, { role, person: personId });
}

/** A person's place in a team. @throws DomainError not_found */
export async function memberOf(db: Db, seriesId: string, personId: string): Promise<queries.TeamMember> {
  const member = await queries.findMemberOf(db, seriesId, personId);
  if (!member) throw new DomainError('not_found');
  return member;
}

/**
 * Takes somebody out of a team, and raises its version.
 * @returns who left, so that the caller can withdraw what is still open
 * @throws DomainError not_found, forbidden, series_left, ib_stays (a new IB'er is a new series)
 */
export async function removeMember(trx: Db, actor: Actor, memberId: string): Promise<queries.TeamMember> {
  const member = await queries.findTeamMember(trx, memberId);
  if (!member) throw new DomainError('not_found');
  assertTakesPart(await getSeries(trx, actor, member.seriesId));
  if (member.role === 'ib') throw new DomainError('ib_stays');
  await queries.leaveTeam(trx, memberId, nowIso());
  await seriesQueries.raise(trx, [member.seriesId]);
  const { seriesId: id, role, personId: person } = member;
  await audit.record(trx, actor, 'team.left', { type: 'series', id }, { role, person });
  return member;
}

/**
 * Refuses a sign-in link of somebody outside the trainer's own cohorts: it would open more than those.
 * @throws DomainError forbidden when the person is in none of them; account_elsewhere when also in another's
 */
export async function assertOwnPerson(db: Db, actor: Actor, personId: string): Promise<void> {
  const cohortIds = await queries.cohortsOfPerson(db, personId);
  if (!cohortIds.some((cohortId) => may(actor, 'manage_cohort', { cohortId }))) throw new DomainError('forbidden');
  if (!cohortIds.every((cohortId) => may(actor, 'manage_cohort', { cohortId }))) {
    throw new DomainError('account_elsewhere');
  }
}

/**
 * The programme of this name at the partnership of that name; each is made where there is none. One that has cohorts is
 * joined only by a trainer of one of them: who is in a programme changes its ambitions and is on its steering group's page.
 * @throws DomainError programme_of_others
 */
async function ensureProgramme(
  trx: Db,
  actor: Actor,
  named: { programme: string; partnership: string },
): Promise<string> {
  const createdAt = nowIso();
  const partnershipId = await queries.ensurePartnership(trx, newId(), named.partnership, createdAt);
  const id = await queries.ensureProgramme(trx, { id: newId(), partnershipId, name: named.programme, createdAt });
  const inIt = await listCohortsOf(trx, id);
  const isOwn = inIt.some((cohort) => may(actor, 'manage_cohort', { cohortId: cohort.id }));
  if (inIt.length > 0 && !isOwn) throw new DomainError('programme_of_others');
  return id;
}

/** Whether every cohort that a person is or was in is one of the trainer's own. */
export async function isOwnPerson(db: Db, actor: Actor, personId: string): Promise<boolean> {
  const cohortIds = await queries.cohortsOfPerson(db, personId);
  return cohortIds.every((cohortId) => may(actor, 'manage_cohort', { cohortId }));
}
