import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as changes from '#lib/server/programmes/plan-changes-service.ts';
import * as moves from '#lib/server/programmes/move-service.ts';
import * as newCohorts from '#lib/server/programmes/new-cohort-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as newSchool from '../../src/routes/(trainer)/cohorts/[cohort]/schools/new/+page.server.ts';
import NewSchool from '../../src/routes/(trainer)/cohorts/[cohort]/schools/new/+page.svelte';
import * as newCohort from '../../src/routes/(trainer)/cohorts/new/+page.server.ts';
import * as cohortPage from '../../src/routes/(trainer)/cohorts/[cohort]/+page.server.ts';
import * as planPage from '../../src/routes/(trainer)/cohorts/[cohort]/plan/+page.server.ts';
import * as assignmentPage from '../../src/routes/(trainer)/cohorts/[cohort]/plan/assignments/[assignment]/+page.server.ts';
import * as movePage from '../../src/routes/(trainer)/cohorts/[cohort]/plan/move/+page.server.ts';
import * as roundsPage from '../../src/routes/(trainer)/cohorts/[cohort]/plan/rounds/+page.server.ts';
import * as sessionPage from '../../src/routes/(trainer)/cohorts/[cohort]/plan/sessions/[session]/+page.server.ts';
import * as newRound from '../../src/routes/(trainer)/cohorts/[cohort]/rounds/new/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { asSent } from '../support/page-body.ts';
import { send, visit, type Visit } from '../support/page-event.ts';
import { render } from '../support/rendered.ts';

const COHORT = { name: 'Cohort', partnership: 'SWV Proef', programme: '', trainerSeesSchools: 'no' };
const SESSION = {
  title: 'Extra',
  about: '',
  place: '',
  day: '14-01-2027',
  start: '9:30',
  end: '12.30',
  hours: '2,5',
  year: '1',
};

let app: App;
let trainer: UserActor;
let id: string;
let templateId: string;
beforeEach(async () => {
  app = await testApp();
  const maker = await make.makeTrainer(app.db);
  templateId = (await templates.findNewest(app.db, 'samenwerken-onder-spanning'))?.id ?? '';
  const start = { templateId, startsOn: '2026-11-05', locale: 'nl' as const };
  const named = { name: 'Gepland', programme: 'Leergang', partnership: 'SWV Proef', trainerSeesSchools: false };
  id = await newCohorts.makeCohort(app.db, maker, { ...named, start });
  trainer = { ...maker, cohortIds: [id] };
});

const as = (form: Record<string, string> = {}, params: Record<string, string> = {}) => ({
  ...{ app, actor: trainer, params: { cohort: id, ...params }, form },
});
const plan = () => plans.planOfCohort(app.db, id);

it('a cohort whose list asks no teachers is not told that they are missing', async () => {
  expect(await visit(cohortPage.load, as())).toMatchObject({ data: { asksTeachers: false } });
  const usual = await make.makeCohort(app.db);
  const there = { app, actor: usual.trainer, params: { cohort: usual.id } };
  expect(await visit(cohortPage.load, there)).toMatchObject({ data: { asksTeachers: true } });
});

it('asks for no teachers at a school that is added where the list of the cohort asks none', async () => {
  const shown = async (to: Visit) => render(NewSchool, asSent(await visit(newSchool.load, to))).body;
  const usual = await make.makeCohort(app.db);
  expect(await shown({ app, actor: usual.trainer, params: { cohort: usual.id } })).toContain('name="teachers"');
  expect(await shown(as())).not.toContain('eerkracht');
  const typed = { school: 'De Linde', brin: '', ibName: 'Sanne', ibEmail: 'sanne@school.example' };
  const sent = { ...typed, directorName: '', directorEmail: '' };
  expect(await send(newSchool.actions, 'default', as(sent))).toHaveProperty('to');
});

describe('a new cohort', () => {
  it('gets the plan of a template, and its name where none was typed', async () => {
    const outcome = await send(
      newCohort.actions,
      'default',
      as({ ...COHORT, template: templateId, startsOn: '2027-01-14' }),
    );
    const [, made = ''] = /^\/cohorts\/([^/]+)\/plan\?done=plan_made$/.exec('to' in outcome ? outcome.to : '') ?? [];
    const { sessions, programmeId } = await plans.planOfCohort(app.db, made);
    expect(sessions[0]?.startsAt).toBe('2027-01-28T08:30:00.000Z');
    expect(programmeId).not.toBeNull();
  });

  it('with a template asks for a first day that can be meant', async () => {
    for (const startsOn of ['', '31-06-2027', '9999-12-31', '1800-01-01']) {
      const outcome = await send(newCohort.actions, 'default', as({ ...COHORT, template: templateId, startsOn }));
      expect(outcome).toMatchObject({ status: 400, shown: { errors: { startsOn: expect.any(String) } } });
    }
  });

  it('without a template asks for the name of the programme', async () => {
    const outcome = await send(newCohort.actions, 'default', as(COHORT));
    expect(outcome).toMatchObject({ status: 400, shown: { errors: { programme: expect.any(String) } } });
  });
});

describe('the plan of a cohort', () => {
  it('is by year, with the two-day event as one block', async () => {
    const { data } = (await visit(planPage.load, as())) as {
      data: { years: { year: number; entries: { kind: string }[] }[] };
    };
    expect(data.years.map(({ year }) => year)).toEqual([1]);
    expect(data.years[0]?.entries.map(({ kind }) => kind).filter((kind) => kind === 'session')).toHaveLength(6);
  });

  it('takes a session with a Dutch day, a point in the time and a comma in the hours', async () => {
    expect(await send(sessionPage.actions, 'default', as(SESSION, { session: 'new' }))).toEqual({
      to: `/cohorts/${id}/plan?done=saved`,
    });
    const added = (await plan()).sessions.find(({ title }) => title === 'Extra');
    expect(added).toMatchObject({
      startsAt: '2027-01-14T08:30:00.000Z',
      endsAt: '2027-01-14T11:30:00.000Z',
      hours: 2.5,
    });
  });

  it('names each field that is wrong and keeps what was typed', async () => {
    const wrong = { ...SESSION, title: '', day: '31-02-2027', start: '25:00', hours: '-1', year: '0' };
    const outcome = await send(sessionPage.actions, 'default', as(wrong, { session: 'new' }));
    const { errors, values } = (outcome as { shown: { errors: object; values: object } }).shown;
    expect(Object.keys(errors).toSorted()).toEqual(['day', 'hours', 'start', 'title', 'year']);
    expect(values).toMatchObject(wrong);
    const turned = await send(sessionPage.actions, 'default', as({ ...SESSION, end: '09:00' }, { session: 'new' }));
    expect(turned).toMatchObject({ status: 400, shown: { errors: { end: expect.any(String) } } });
  });

  it('lets the second of two trainers see that the first changed it', async () => {
    const [session] = (await plan()).sessions;
    const params = { session: session?.id ?? '' };
    const form = { ...SESSION, version: '1' };
    expect(await send(sessionPage.actions, 'default', as(form, params))).toMatchObject({ to: expect.any(String) });
    const second = await send(sessionPage.actions, 'default', as({ ...form, title: 'Anders' }, params));
    expect(second).toMatchObject({ status: 409, shown: { code: 'changed_meanwhile', values: { title: 'Anders' } } });
  });

  it('keeps what is cancelled, out of the hours, and puts it back', async () => {
    const [session] = (await plan()).sessions;
    const form = { kind: 'session', id: session?.id ?? '', version: '1' };
    await send(planPage.actions, 'cancel', as(form));
    const hours = async () => {
      const { data } = (await visit(planPage.load, as())) as { data: { years: { hours: { sessions: number } }[] } };
      return data.years[0]?.hours.sessions;
    };
    expect(await hours()).toBe(15);
    expect(await send(planPage.actions, 'putBack', as(form))).toMatchObject({ status: 409 });
    await send(planPage.actions, 'putBack', as({ ...form, version: '2' }));
    expect(await hours()).toBe(18);
  });

  it('lets a round be skipped and put back, by its name', async () => {
    await send(planPage.actions, 'cancel', as({ kind: 'round', id: 'T1', version: '1' }));
    expect((await plan()).rounds.find(({ name }) => name === 'T1')?.cancelledAt).not.toBeNull();
    await send(planPage.actions, 'putBack', as({ kind: 'round', id: 'T1', version: '2' }));
    expect((await plan()).rounds.find(({ name }) => name === 'T1')?.cancelledAt).toBeNull();
  });

  it('takes assignments, and days of rounds with one more', async () => {
    const assignment = { title: 'Verslag', day: '2027-02-04', hours: '4', year: '1' };
    await send(assignmentPage.actions, 'default', as(assignment, { assignment: 'new' }));
    expect((await plan()).assignments.map(({ title }) => title)).toContain('Verslag');
    const days = {
      'day.T0': '2026-11-12',
      'year.T0': '1',
      'version.T0': '1',
      newName: 'T2',
      newDay: '2027-06-10',
      newYear: '2',
    };
    await send(roundsPage.actions, 'default', as(days));
    const rounds = (await plan()).rounds.map(({ name, onDay }) => [name, onDay]);
    expect(rounds).toContainEqual(['T0', '2026-11-12']);
    expect(rounds).toContainEqual(['T2', '2027-06-10']);
    const again = await send(roundsPage.actions, 'default', as({ newName: 'T2', newDay: '2027-06-10', newYear: '2' }));
    expect(again).toMatchObject({ status: 409, shown: { code: 'planned_round_exists' } });
  });

  it('of another cohort is not changed through an own one', async () => {
    const foreign = await make.makeCohort(app.db, { secret: app.config.secret });
    const other = { title: 'Van een ander', about: '', hours: 3, year: 1, place: '', event: null };
    const times = { startsAt: '2027-01-14T08:30:00.000Z', endsAt: '2027-01-14T11:30:00.000Z' };
    await changes.saveSession(app.db, foreign.trainer, foreign.id, null, { ...other, ...times });
    const [session] = (await plans.planOfCohort(app.db, foreign.id)).sessions;
    const params = { session: session?.id ?? '' };
    expect(await visit(sessionPage.load, as({}, params))).toMatchObject({ status: 404 });
    const outcome = await send(sessionPage.actions, 'default', as({ ...SESSION, version: '1' }, params));
    expect(outcome).toMatchObject({ status: 404 });
  });
});

it('a planned round says whether it opens by itself, for its day in the plan opens nothing', async () => {
  const planned = { data: { held: [{ name: 'T0', status: 'planned', opensOn: null }] } };
  expect(await visit(planPage.load, as())).toMatchObject(planned);
});

it('the day that the plan has for the next round is told, and that there are no schools yet', async () => {
  const { rounds: days } = await plans.planOfCohort(app.db, id);
  const [first] = await rounds.list(app.db, id);
  await rounds.cancel(app.db, trainer, first?.id ?? '');
  const nextOn = days.find(({ name }) => name === 'T0')?.onDay;
  expect(nextOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(await visit(cohortPage.load, as())).toMatchObject({ data: { nextName: 'T0', nextOn } });
  expect(await visit(planPage.load, as())).toMatchObject({ data: { hasSchools: false } });
});

it('the next round is not called what the plan skips', async () => {
  await changes.saveRounds(app.db, trainer, id, [], { name: 'T2', year: 1, onDay: '2027-06-10' });
  const skipped = (await plan()).rounds.find(({ name }) => name === 'T1');
  const seen = { id: 'T1', version: skipped?.version ?? 0 };
  await changes.setCancelled(app.db, trainer, id, 'round', seen, true);
  expect(await visit(cohortPage.load, as())).toMatchObject({ data: { nextName: 'T2' } });
  expect(await visit(newRound.load, as())).toMatchObject({ data: { nextName: 'T2' } });
});

describe('moving the plan', () => {
  const now = new Date('2026-12-15T10:00:00Z');

  it('moves what was previewed, and nothing when the plan changed since', async () => {
    const seen = await moves.preview(app.db, trainer, id, 2, now);
    const held = seen.plan.sessions.filter(({ startsAt }) => startsAt < now.toISOString());
    await changes.saveAssignment(app.db, trainer, id, null, {
      year: 1,
      title: 'X',
      about: '',
      hours: 1,
      dueOn: '2027-03-01',
    });
    const stale = moves.move(app.db, trainer, id, { weeks: 2, stamp: seen.stamp }, now);
    await expect(stale).rejects.toMatchObject({ code: 'changed_meanwhile' });
    const { stamp, moved } = await moves.preview(app.db, trainer, id, 2, now);
    await moves.move(app.db, trainer, id, { weeks: 2, stamp }, now);
    const after = await plan();
    expect(after.sessions.slice(0, held.length)).toEqual(held);
    expect(after.sessions.slice(held.length).map(({ startsAt }) => startsAt)).toEqual(
      moved.sessions.map(({ startsAt }) => startsAt),
    );
  });

  it('takes the days along on which a planned round opens and closes, and shows them first', async () => {
    const [round] = await rounds.list(app.db, id);
    const dates = { opensOn: '2027-01-11', closesOn: '2027-01-22', reminds: true };
    const dayOfRound = async () => (await rounds.list(app.db, id)).map(({ opensOn, closesOn }) => [opensOn, closesOn]);
    const unseen = await moves.preview(app.db, trainer, id, 26, now);
    await rounds.changeDates(app.db, trainer, round?.id ?? '', round?.version ?? 0, dates, now);
    const stale = moves.move(app.db, trainer, id, { weeks: 26, stamp: unseen.stamp }, now);
    await expect(stale).rejects.toMatchObject({ code: 'changed_meanwhile' });

    const { stamp, dated } = await moves.preview(app.db, trainer, id, 26, now);
    const later = { opensOn: '2027-07-12', closesOn: '2027-07-23' };
    expect(dated).toMatchObject([{ name: 'T0', opensOn: '2027-01-11', later }]);
    await moves.move(app.db, trainer, id, { weeks: 26, stamp }, now);
    expect(await dayOfRound()).toEqual([['2027-07-12', '2027-07-23']]);
    expect((await moves.preview(app.db, trainer, id, -40, now)).isPast).toBe(true);

    const onTheDay = new Date('2027-07-12T05:00:00Z');
    expect((await moves.preview(app.db, trainer, id, 4, onTheDay)).dated).toEqual([]); // it opens at eight
  });

  it('puts nothing into the past', async () => {
    const { stamp, isPast } = await moves.preview(app.db, trainer, id, -20, now);
    expect(isPast).toBe(true);
    const moved = moves.move(app.db, trainer, id, { weeks: -20, stamp }, now);
    await expect(moved).rejects.toMatchObject({ code: 'plan_move_past' });
  });

  it('asks for whole weeks within a year', async () => {
    for (const weeks of ['0', '1.5', 'drie', '60']) {
      const outcome = await send(movePage.actions, 'default', as({ weeks, stamp: '1' }));
      expect(outcome).toMatchObject({ status: 400, shown: { errors: { weeks: expect.any(String) } } });
    }
    const page = await visit(movePage.load, { ...as(), query: 'weeks=60' });
    expect(page).toMatchObject({ data: { weeks: null, fault: expect.any(String) } });
  });
});
