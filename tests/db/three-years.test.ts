import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { View } from '#lib/analysis/types.ts';
import type { UserActor } from '#lib/permissions.ts';
import { wallClock } from '#lib/programme/calendar.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as roles from '#lib/server/accounts/roles-service.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf, daysBetween, hourOf, isWeekday } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as series from '#lib/server/participants/series-service.ts';
import * as moves from '#lib/server/programmes/move-service.ts';
import * as newCohorts from '#lib/server/programmes/new-cohort-service.ts';
import * as changes from '#lib/server/programmes/plan-changes-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import { programmeReport } from '#lib/server/programmes/report-service.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import * as templateChanges from '#lib/server/programmes/template-changes-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import { runRetention } from '#lib/server/retention/run-service.ts';
import { runSchedule } from '#lib/server/rounds/schedule-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';
import { actorOfPerson } from '../support/assignments.ts';
import { openTestDatabase } from '../support/database.ts';
import { expectedChange, scoreOf } from '../support/expected-change.ts';
import * as make from '../support/factories.ts';

/**
 * A programme as it is lived, with the clock moved along: two cohorts in three years, of which one skips T1 and the other moves by
 * half a year. The figures of its page are compared with what is worked out here from what everybody answered and did.
 */

const OPERATOR = { kind: 'operator' } as const;
let db: Db;
let close: () => Promise<void>;
let truus: UserActor;
let pim: UserActor;
let steering: UserActor;
let programmeId: string;
/** The cohort that moves, with seven schools, and the one that skips a round, with five. */
let moving: string;
let skipping: string;
/** The number of each school, by its series. */
const schoolOf = new Map<string, number>();

/** Moves the clock of this process, which no service may go round. */
function clock(at: string): Date {
  vi.setSystemTime(at);
  return new Date();
}
const trainerOf = async (id: string): Promise<UserActor> => accounts.actorOf(db, { id, name: 'Trainer' });
const cohortOf = (id: string, trainer: UserActor): make.TestCohort => ({ id, trainer, secret: make.SECRET });

async function addSchool(cohort: string, school: number): Promise<void> {
  schoolOf.set(await make.addSeries(db, cohortOf(cohort, truus)), school);
}

/** The IB'er who takes part for a school of the cohort that moves. */
async function seriesAt(school: number) {
  const found = (await cohorts.listTakingPart(db, moving)).find(({ id }) => schoolOf.get(id) === school);
  return { seriesId: found?.id ?? '', version: found?.version ?? 0, team: found?.team ?? [] };
}

/** A round from its first day to the morning after its last, by the schedule; `never` are those who do not send theirs. */
async function liveRound(cohort: string, trainer: UserActor, name: string, never: (one: make.Invited) => boolean) {
  const find = async () => (await rounds.list(db, cohort)).find((round) => round.name === name);
  const planned = await find();
  await runSchedule(db, { secret: make.SECRET }, clock(`${planned?.opensOn}T07:30:00.000Z`));
  expect((await find())?.status).toBe('open');
  for (const one of await make.listInvited(db, cohortOf(cohort, trainer), planned?.id ?? '')) {
    const school = schoolOf.get(one.seriesId) ?? 0;
    if (!never(one)) await make.fillAndSubmit(db, one, (code) => scoreOf(school, one.role as View, name, code));
  }
  // Every hour of every day: a clock that is put forward in the night between must not move a reminder into it.
  for (let at = Date.now(); dayOf(new Date(at)) <= (planned?.closesOn ?? ''); at += 3_600_000) {
    await runSchedule(db, { secret: make.SECRET }, clock(new Date(at).toISOString()));
  }
  await runSchedule(db, { secret: make.SECRET }, clock(`${planned?.closesOn}T23:30:00.000Z`));
  expect((await find())?.status).toBe('closed');
  const ids = (await rounds.progress(db, trainer, planned?.id ?? '')).map(({ schoolRoundId }) => schoolRoundId);
  await rounds.release(db, trainer, planned?.id ?? '', ids);
}

/** Gives a round its days; the first of a plan is there already. */
async function planRound(cohort: string, trainer: UserActor, name: string, opensOn: string, closesOn: string) {
  const there = (await rounds.list(db, cohort)).find((round) => round.name === name)?.id;
  const id = there ?? (await make.planRound(db, cohortOf(cohort, trainer), { name }));
  const { version } = await rounds.get(db, trainer, id);
  await rounds.changeDates(db, trainer, id, version, { opensOn, closesOn, reminds: true });
}

/** All sessions of a year, each filled in when it is over: everybody was there, but `absent` people at the first. */
async function liveYear(cohort: string, trainer: UserActor, year: number, absent = 0): Promise<void> {
  const { sessions } = await plans.planOfCohort(db, cohort);
  for (const [at, { id, endsAt }] of sessions.filter((session) => session.year === year).entries()) {
    const now = clock(endsAt);
    const { people: all } = await attendance.open(db, trainer, cohort, id, now);
    for (const { personId } of at === 0 ? all.slice(0, absent) : []) {
      await attendance.mark(db, trainer, cohort, id, { personId, seen: null, presence: 'absent' }, now);
    }
    await attendance.markRest(db, trainer, cohort, id, now);
    if (at > 0) continue;
    await usefulness.ask(db, trainer, { secret: make.SECRET, mail: null }, cohort, id, now);
    for (const [place, { personId }] of all.slice(absent, absent + 5).entries()) {
      await usefulness.fillIn(db, id, personId, { value: 6 + place, useful: 'Het oefenen.', more: '' }, now);
    }
  }
}

/** So many participants hand in the assignment of the first year, on its day. */
async function handIn(cohort: string, count: number): Promise<void> {
  const [assignment] = (await plans.planOfCohort(db, cohort)).assignments;
  const [id, now] = [assignment?.id ?? '', clock(`${assignment?.dueOn}T07:00:00.000Z`)];
  for (const { rateeId } of (await cohorts.listTakingPart(db, cohort)).slice(0, count)) {
    const actor = await actorOfPerson(db, cohortOf(cohort, truus), rateeId);
    const { stamp } = await handIns.open(db, actor, id, now);
    await handIns.handIn(db, actor, id, { stamp, text: 'Mijn opdracht.', link: '', file: null }, now);
  }
}

async function report() {
  const { cohorts: both } = programmeReport(await programmes.course(db, steering, programmeId, new Date()));
  const [moved, skipped] = both; // by name
  if (!moved || !skipped) throw new Error('a cohort is missing');
  return { moved, skipped };
}

type Report = Awaited<ReturnType<typeof report>>;
let afterYear1: Report;
let atTheEnd: Report;
let planBefore: plans.CohortPlan;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-06-01T08:00:00.000Z') });
  ({ db, close } = await openTestDatabase());
  await templates.ensureShipped(db);
  const admin = await make.makeTrainer(db, { admin: true });
  truus = await make.makeTrainer(db);
  pim = await make.makeTrainer(db);
  const template = await templates.findNewest(db, 'de-excellent-communicerende-iber');
  const makeCohort = async (name: string, startsOn: string) =>
    newCohorts.makeCohort(db, await trainerOf(truus.userId), {
      ...{ name, programme: 'Leergang', partnership: 'SWV Proef', trainerSeesSchools: false },
      start: { templateId: template?.id ?? '', startsOn, locale: 'nl' },
    });
  moving = await makeCohort('A', '2027-09-14');
  skipping = await makeCohort('B', '2027-11-02');
  for (const cohortId of [moving, skipping]) {
    await accounts.grant(db, OPERATOR, pim.userId, { role: 'trainer', cohortId, programmeId: null });
  }
  [truus, pim] = [await trainerOf(truus.userId), await trainerOf(pim.userId)];
  programmeId = (await cohorts.get(db, truus, moving)).programmeId ?? '';
  const member = await accounts.ensureUser(db, OPERATOR, { name: 'Stien', email: 'stien@voorbeeld.example' });
  await accounts.grant(db, OPERATOR, member.id, { role: 'steering', cohortId: null, programmeId });
  steering = await accounts.actorOf(db, member);
  for (const school of [1, 2, 3, 4, 5, 6, 7]) await addSchool(moving, school);
  for (const school of [1, 2, 3, 4, 5]) await addSchool(skipping, school);

  await planRound(moving, truus, 'T0', '2027-08-30', '2027-09-13');
  await liveRound(moving, truus, 'T0', () => false);
  await planRound(skipping, truus, 'T0', '2027-10-18', '2027-11-05');
  await liveRound(skipping, truus, 'T0', () => false);
  await liveYear(moving, truus, 1, 1);
  await handIn(moving, 5);
  await planRound(moving, truus, 'T1', '2028-06-05', '2028-06-23');
  await liveRound(moving, truus, 'T1', ({ role, seriesId }) => role === 'director' && schoolOf.get(seriesId) === 4);
  afterYear1 = await report();

  // Between the years: a round is skipped, a plan moves with the round that is planned already, people come and go.
  const now = clock('2028-09-01T08:00:00.000Z');
  const { version = 0 } = (await plans.planOfCohort(db, skipping)).rounds.find(({ name }) => name === 'T1') ?? {};
  await changes.setCancelled(db, truus, skipping, 'round', { id: 'T1', version }, true);
  await planRound(moving, truus, 'T2', '2029-09-17', '2029-10-05');
  planBefore = await plans.planOfCohort(db, moving);
  const { stamp } = await moves.preview(db, truus, moving, 26, now);
  await moves.move(db, truus, moving, { weeks: 26, stamp }, now);
  await addSchool(moving, 8);
  const ib = { name: 'Nieuwe IB’er', email: 'nieuwe.ib@school.example' };
  schoolOf.set(await series.succeed(db, truus, make.SECRET, await seriesAt(1), ib, now), 1);
  const second = await seriesAt(2);
  const memberId = second.team.find(({ role }) => role === 'director')?.id ?? '';
  const director = { name: 'Nieuwe directeur', email: 'nieuwe.directeur@school.example' };
  await people.replaceRater(db, truus, make.SECRET, { ...second, memberId }, director, now);
  await series.leave(db, truus, await seriesAt(3), now);
  const draft = await templateChanges.copy(db, admin, template?.id ?? '', { key: template?.key ?? '', version: '9' });
  await templateChanges.publish(db, admin, draft, 1);
  await templateChanges.setRetired(db, admin, template?.id ?? '', true);
  await roles.block(db, admin, truus.userId);

  // Years 2 and 3, with the other trainer; T2 of the first cohort is open while the clock is put forward.
  await liveYear(moving, pim, 2);
  await liveRound(moving, pim, 'T2', ({ role, seriesId }) => role === 'teacher' && schoolOf.get(seriesId) === 8);
  await planRound(skipping, pim, 'T2', '2030-08-26', '2030-09-13');
  await liveRound(skipping, pim, 'T2', () => false);
  await liveYear(moving, pim, 3);
  await planRound(moving, pim, 'T3', '2031-01-06', '2031-01-24');
  await liveRound(moving, pim, 'T3', () => false);
  atTheEnd = await report();
}, 60_000);

afterAll(async () => {
  vi.useRealTimers();
  await close();
});

describe('three years of a programme', () => {
  it.each([
    ['moved', 'T1', { director: [1, 2, 3, 5, 6, 7], ib: [1, 2, 3, 4, 5, 6, 7], teacher: [1, 2, 3, 4, 5, 6, 7] }],
    ['moved', 'T2', { director: null, ib: [2, 4, 5, 6, 7], teacher: [2, 4, 5, 6, 7] }],
    ['moved', 'T3', { director: null, ib: [2, 4, 5, 6, 7], teacher: [2, 4, 5, 6, 7] }],
    ['skipped', 'T2', { director: [1, 2, 3, 4, 5], ib: [1, 2, 3, 4, 5], teacher: [1, 2, 3, 4, 5] }],
  ] as const)('has the change of the cohort that %s in %s over those who can be compared', (which, to, schools) => {
    const rows = atTheEnd[which].change.filter((row) => row.to === to);
    expect(rows.map(({ from }) => from)).toEqual(Array.from({ length: 12 }, () => 'T0'));
    for (const { view, competency, n, mean, ci_low, ci_high, bands, reason } of rows) {
      const matched = schools[view];
      if (matched === null) {
        expect([n, mean, bands, reason]).toEqual([4, null, null, 'too_few_schools']);
        continue;
      }
      const mine = expectedChange(matched, view, competency, to);
      expect(n).toBe(matched.length);
      expect(mean).toBeCloseTo(mine.mean, 9);
      expect([ci_low, ci_high].map((end) => end?.toFixed(6))).toEqual(
        [mine.low, mine.high].map((end) => end.toFixed(6)),
      );
      expect(bands?.clearly_higher).toBe(mine.clear.length);
    }
  });

  it('says who is not in the change, and leaves what was told as it was', () => {
    const dropped = atTheEnd.moved.change.find((row) => row.to === 'T3' && row.view === 'director')?.dropped;
    expect(dropped).toEqual({ ratee_changed: 1, director_changed: 1, left: 1, not_in_earlier: 1 });
    expect(atTheEnd.skipped.rounds.map(({ round }) => round)).toEqual(['T0', 'T2']);
    expect(atTheEnd.moved.change.filter(({ to }) => to === 'T1')).toEqual(afterYear1.moved.change);
  });

  it('has sessions, hours, attendance, assignments and usefulness as they were', () => {
    const [first, second] = atTheEnd.moved.years;
    expect(first).toMatchObject({
      ...{ sessions: { planned: 8, held: 8 }, hours: { planned: 40, held: 40 } },
      ...{ attendance: { share: 55 / 56, n: 56 }, hours_done: { mean: (55 * 3) / 7, n: 7 } },
      ...{ usefulness: { mean: 8, n: 5 }, assignments: { due: 1, expected: 7, handed_in: 5 } },
    });
    expect(second).toMatchObject({
      ...{ sessions: { planned: 8, held: 8 }, attendance: { share: 1, n: 56 }, hours_done: { mean: 24, n: 7 } },
      assignments: { due: 1, expected: 7, handed_in: 0 },
    });
    expect(atTheEnd.skipped.years.map(({ attendance: { reason } }) => reason)).toEqual(
      [1, 2, 3].map(() => 'nobody_filled_in'),
    );
  });

  it('moved by half a year keeps the times of the clock, and its planned round goes along', async () => {
    const ahead = planBefore.sessions.filter(({ year }) => year > 1).map(({ startsAt }) => wallClock(startsAt));
    const { sessions } = await plans.planOfCohort(db, moving);
    const after = sessions.filter(({ year }) => year > 1).map(({ startsAt }) => wallClock(startsAt));
    expect(after.map(({ time }) => time)).toEqual(ahead.map(({ time }) => time));
    expect(after.map(({ day }, at) => daysBetween(ahead[at]?.day ?? '', day))).toEqual(ahead.map(() => 182));
    const [, , round] = await rounds.list(db, moving);
    expect([round?.opensOn, round?.closesOn]).toEqual(['2030-03-18', '2030-04-05']);
  });

  it('reminds on weekdays in the day only, three days after any other mail, also where the clock is put forward', async () => {
    const mails = await db
      .selectFrom('mail')
      .selectAll()
      .where('round_id', 'is not', null)
      .orderBy('created_at')
      .execute();
    const reminders = mails.filter(({ template }) => template === 'reminder').map((mail) => new Date(mail.created_at));
    expect(reminders.length).toBeGreaterThanOrEqual(9); // three teachers who never send theirs, and a director
    expect(reminders.filter((at) => !isWeekday(dayOf(at)) || hourOf(at) < 8 || hourOf(at) >= 18)).toEqual([]);
    const asking = mails.filter(({ template }) => template === 'reminder' || template === 'invitation');
    for (const own of Map.groupBy(asking, (mail) => mail.person_id).values()) {
      const on = own.map((mail) => dayOf(new Date(mail.created_at)));
      for (const [at, day] of on.entries()) if (at > 0) expect(daysBetween(on[at - 1] ?? '', day)).toBeGreaterThan(2);
    }
  });

  it('is closed to the trainer who left, who is written to no more', async () => {
    const left = await accounts.actorOf(db, { id: truus.userId, name: truus.name });
    await expect(programmes.course(db, left, programmeId, new Date())).rejects.toMatchObject({ code: 'forbidden' });
    const mails = db.selectFrom('mail').select('template').where('user_id', '=', truus.userId);
    expect(await mails.where('created_at', '>', '2028-09-01T09:00:00.000Z').execute()).toEqual([]);
  });

  it('has no names left a year after it ended, as was said a month ahead, and the same figures', async () => {
    const at = async (moment: string) => runRetention(db, clock(moment));
    expect(await at('2032-06-30T08:00:00.000Z')).toBe('announced 0, cleared 0');
    expect(await at('2032-07-01T08:00:00.000Z')).toBe('announced 2, cleared 0');
    expect(await at('2032-07-30T08:00:00.000Z')).toBe('announced 0, cleared 0');
    expect(await at('2032-07-31T08:00:00.000Z')).toBe('announced 0, cleared 2');
    expect(await db.selectFrom('person').select('name').where('name', 'is not', null).execute()).toEqual([]);
    expect(await report()).toEqual(atTheEnd);
  });
});
