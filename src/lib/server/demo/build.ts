import { demoCourse } from '#lib/demo/course.ts';
import type { DemoCohort, DemoCourse, DemoForm, DemoPlan, DemoRound, DemoSchool } from '#lib/demo/types.ts';
import type { Actor, UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import type { LoadedInstrument } from '#lib/server/instruments/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as ambitions from '#lib/server/programmes/ambitions-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import type { OpenTemplate } from '#lib/server/programmes/templates-service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as fill from './fill-queries.ts';
import { liveAssignments, liveSessions, writeActionPlans } from './lived.ts';
import * as queries from './queries.ts';
import { letRegister } from './registering.ts';

const OPERATOR: Actor = { kind: 'operator' };

/** What cohorts of a course are made from; without a template they have no plan. */
export type Source = { list: LoadedInstrument; template: OpenTemplate | null };
/** What the steps share. */
type Site = { secret: string; sources: Record<DemoCourse, Source | null>; now: Date };
/** One cohort while it is made, with the IB'ers that are in it by the school's BRIN. */
type Building = Site & { list: LoadedInstrument; cohortId: string; trainer: UserActor; series: Map<string, string> };

/**
 * Makes what the plan says by the services that pages use, and marks it; only the answers and the past are written
 * directly. Services know the present only, so each step is put back to its date once it is done.
 */
export async function build(trx: Db, plan: DemoPlan, site: Site): Promise<void> {
  const trainers = (await accounts.listStaff(trx, OPERATOR)).filter(({ roles }) => roles.includes('trainer'));
  const trainer = await makeUser(trx, plan.staff.trainer, { role: 'trainer', cohortId: null, programmeId: null });
  await makeUser(trx, plan.staff.admin, { role: 'admin', cohortId: null, programmeId: null });
  const marked = { programme: new Set<string>(), partnership: new Set<string>() };
  for (const cohort of plan.cohorts) {
    const { cohortId, programmeId } = await buildCohort(trx, plan, cohort, trainer, site);
    for (const { id } of trainers) {
      await accounts.grant(trx, OPERATOR, id, { role: 'trainer', cohortId, programmeId: null });
    }
    if (programmeId === null) continue;
    marked.programme.add(programmeId);
    marked.partnership.add(await queries.partnershipOf(trx, programmeId));
  }
  for (const id of marked.partnership) await queries.mark(trx, 'partnership', id);
  for (const id of marked.programme) await queries.mark(trx, 'programme', id);
  const steers = [...marked.programme].map((programmeId) => ({
    role: 'steering' as const,
    cohortId: null,
    programmeId,
  }));
  await makeUser(trx, plan.staff.steering, ...steers);
}

async function makeUser(
  trx: Db,
  person: { name: string; email: string },
  ...roles: Parameters<typeof accounts.grant>[3][]
): Promise<accounts.User> {
  const user = await accounts.ensureUser(trx, OPERATOR, person);
  // Marked first: the grant looks at whose account it is.
  await queries.mark(trx, 'user', user.id);
  for (const role of roles) await accounts.grant(trx, OPERATOR, user.id, role);
  return user;
}

async function buildCohort(
  trx: Db,
  plan: DemoPlan,
  cohort: DemoCohort,
  user: accounts.User,
  site: Site,
): Promise<{ cohortId: string; programmeId: string | null }> {
  const { partnership } = plan;
  const { name, programme, course, trainerSeesSchools, startedAt, rounds: whole, pulses } = cohort;
  const { list, template } = known(site.sources[course] ?? undefined, course);
  // Where this Drieluik has an administrator of its own, the account has no such right; these cohorts are made all the same.
  const maker = { ...(await accounts.actorOf(trx, user)), trainer: true };
  const cohortId = await cohorts.create(trx, maker, { name, programme, partnership, trainerSeesSchools });
  await queries.mark(trx, 'cohort', cohortId);
  const trainer = await accounts.actorOf(trx, user);
  await fill.backdateCohort(trx, cohortId, startedAt.toISOString());
  const building: Building = { ...site, list, cohortId, trainer, series: new Map() };
  const inOrder = [...whole, ...pulses].toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime());
  for (const [index, round] of inOrder.entries()) {
    await changeTeams(trx, building, round, index === 0 ? startedAt : round.openedAt);
    await buildRound(trx, building, round);
  }
  const { programmeId } = await cohorts.get(trx, trainer, cohortId);
  await planCourse(trx, trainer, cohortId, programmeId, { cohort, template });
  await liveSessions(trx, trainer, cohortId, { ...site, course });
  await liveAssignments(trx, trainer, cohortId, site.now);
  if (course === 'pairs') await writeActionPlans(trx, trainer, cohortId, site.now);
  await letRegister(trx, trainer, { id: cohortId, name }, site);
  return { cohortId, programmeId };
}

/** The sessions and assignments beside the rounds that were held, and what the partnership wants with it. */
async function planCourse(
  trx: Db,
  trainer: Actor,
  cohortId: string,
  programmeId: string | null,
  { cohort, template }: { cohort: DemoCohort; template: OpenTemplate | null },
): Promise<void> {
  if (template === null) return;
  const { startsOn, plan } = demoCourse(template.template, cohort);
  await plans.store(trx, trainer, cohortId, { templateId: template.id, startsOn }, plan);
  if (programmeId === null) return;
  await ambitions.adopt(trx, programmeId, template.template, 'nl');
  // The examples are whole at once: no job has to come by.
  await reports.sumAmbitions(trx, programmeId);
}

/** Who joins, and whose director changes, before a round. */
async function changeTeams(trx: Db, building: Building, round: DemoRound, at: Date): Promise<void> {
  const { cohortId, trainer, secret, series } = building;
  for (const { name, brin, ib, director, teachers } of round.joining) {
    const given = { school: { name, brin }, ib, director, teachers };
    series.set(brin, await participants.addSchool(trx, trainer, secret, cohortId, given));
  }
  const joined = round.joining.map((school) => seriesOf(building, school));
  await fill.backdateSeries(trx, joined, at.toISOString());
  for (const { school, director } of round.newDirectors) {
    const seriesId = seriesOf(building, school);
    const before = directorIn(await cohorts.getSeries(trx, trainer, seriesId));
    await participants.removeRater(trx, trainer, before.id);
    await participants.addRater(trx, trainer, secret, seriesId, 'director', director);
    const after = directorIn(await cohorts.getSeries(trx, trainer, seriesId));
    await fill.backdateChange(trx, seriesId, after.personId, at.toISOString());
  }
}

function seriesOf({ series }: Building, { brin }: DemoSchool): string {
  return known(series.get(brin), brin);
}

function directorIn({ team }: cohorts.SeriesWithTeam): cohorts.TeamMember {
  return known(
    team.find(({ role }) => role === 'director'),
    'a director',
  );
}

async function buildRound(trx: Db, building: Building, round: DemoRound): Promise<void> {
  const { cohortId, trainer, secret, list } = building;
  const { name, aspects } = round;
  const planned = { name, instrumentVersionId: list.id, ...(aspects === null ? {} : { aspects }) };
  const roundId = await rounds.plan(trx, trainer, cohortId, planned);
  const unitOf = new Map((await rounds.progress(trx, trainer, roundId)).map((unit) => [unit.series.id, unit]));
  const unit = (school: DemoSchool) => known(unitOf.get(seriesOf(building, school)), school.name);
  for (const { school, mode } of round.schools) {
    if (mode !== 'protected') await rounds.chooseMode(trx, trainer, unit(school).schoolRoundId, mode);
  }
  await rounds.open(trx, trainer, secret, roundId);
  const asked = await invitationsByPerson(trx, trainer, roundId);
  for (const { school, forms } of round.schools) {
    const { schoolRoundId } = unit(school);
    for (const form of forms) {
      await storeForm(trx, list, known(asked.get(`${schoolRoundId} ${form.person.email}`), form.person.email), form);
    }
  }
  if (round.closedAt !== null) {
    await rounds.close(trx, trainer, roundId);
    const released = round.schools.filter(({ released }) => released).map(({ school }) => unit(school).schoolRoundId);
    await rounds.release(trx, trainer, roundId, released);
  }
  await fill.backdateRound(trx, roundId, {
    openedAt: round.openedAt.toISOString(),
    closedAt: round.closedAt?.toISOString() ?? null,
    releasedAt: round.releasedAt?.toISOString() ?? null,
    opensOn: round.opensOn,
    closesOn: round.closesOn,
  });
}

/** The invitations of a round by school round and address. */
async function invitationsByPerson(trx: Db, trainer: Actor, roundId: string): Promise<Map<string, string>> {
  const units = await rounds.progress(trx, trainer, roundId);
  return new Map(
    units.flatMap(({ schoolRoundId, series, raters }) => {
      const emails = new Map(series.team.map(({ personId, email }) => [personId, email ?? '']));
      return raters.map((rater) => [`${schoolRoundId} ${emails.get(rater.personId)}`, rater.invitationId] as const);
    }),
  );
}

async function storeForm(trx: Db, list: LoadedInstrument, invitationId: string, form: DemoForm): Promise<void> {
  const start = form.startedAt.getTime();
  const responseId = await fill.insertResponse(trx, {
    publicId: newId(),
    invitationId,
    instrumentVersionId: list.id,
    consent: form.consent === null ? null : form.consent ? 1 : 0,
    pageSeed: form.pageSeed,
    startedAt: form.startedAt.toISOString(),
    submittedAt: form.submittedAt?.toISOString() ?? null,
  });
  for (const [index, { aspect, score, cannotJudge, reason, unclear, comment }] of form.answers.entries()) {
    if (score === null && !cannotJudge) continue;
    await fill.insertAnswer(trx, {
      ...{ responseId, score, reason },
      aspectId: known(list.aspectIds.get(aspect), aspect),
      cannotJudge: cannotJudge ? 1 : 0,
      unclear: unclear ? 1 : 0,
      comment: comment === '' ? null : comment,
      changedAt: start + (index + 1) * SECONDS_AN_ANSWER * 1000,
    });
  }
  for (const { competency, moment, value, notes } of form.scales) {
    const competencyId = known(list.competencyIds.get(competency), competency);
    const changedAt = (form.submittedAt ?? form.startedAt).getTime();
    await fill.insertScale(trx, { responseId, competencyId, moment, value, notes: JSON.stringify(notes), changedAt });
  }
}

/** So that 93 answers fit into the shortest time between starting and submitting. */
const SECONDS_AN_ANSWER = 8;

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the demonstration does not fit the database: ${what}`);
  return value;
}
