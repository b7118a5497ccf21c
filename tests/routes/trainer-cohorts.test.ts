import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as series from '#lib/server/participants/series-service.ts';
import * as list from '../../src/routes/(trainer)/cohorts/+page.server.ts';
import * as overview from '../../src/routes/(trainer)/cohorts/[cohort]/+page.server.ts';
import * as newRound from '../../src/routes/(trainer)/cohorts/[cohort]/rounds/new/+page.server.ts';
import * as newSchool from '../../src/routes/(trainer)/cohorts/[cohort]/schools/new/+page.server.ts';
import * as settings from '../../src/routes/(trainer)/cohorts/[cohort]/settings/+page.server.ts';
import * as newCohort from '../../src/routes/(trainer)/cohorts/new/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';
import { addSession } from '../support/sessions.ts';

let app: App;
let own: make.TestCohort;
let other: make.TestCohort;

beforeEach(async () => {
  app = await testApp();
  own = await make.makeCohort(app.db, { secret: app.config.secret });
  other = await make.makeCohort(app.db, { secret: app.config.secret });
});

const as = (cohort: make.TestCohort, form?: Record<string, string>) => ({
  ...{ app, actor: own.trainer, params: { cohort: cohort.id } },
  ...(form ? { form } : {}),
});

describe('the list of cohorts', () => {
  it('shows the own ones with their rounds, and nobody else’s', async () => {
    await make.addSeries(app.db, own);
    await make.openRound(app.db, own);
    const outcome = await visit(list.load, { app, actor: own.trainer });
    expect(outcome).toMatchObject({
      data: { mayCreate: true, cohorts: [{ id: own.id, schools: 1, rounds: [{ name: 'T0', status: 'open' }] }] },
    });
  });

  it('counts schools that take part: once where an IB’er was replaced, not where she left', async () => {
    const { db, config } = app;
    const [replaced, left] = [await make.addSeries(db, own), await make.addSeries(db, own)];
    const at = async (id: string) => {
      const { version } = await cohorts.getSeries(db, own.trainer, id);
      return { seriesId: id, version };
    };
    const next = { name: 'Nieuwe IB’er', email: 'nieuw@school.example' };
    await series.succeed(db, own.trainer, config.secret, await at(replaced), next, new Date());
    await series.leave(db, own.trainer, await at(left), new Date());
    expect(await visit(list.load, { app, actor: own.trainer })).toMatchObject({ data: { cohorts: [{ schools: 1 }] } });
  });

  it('is empty for a new trainer, who is led to a first cohort', async () => {
    const actor = await make.makeTrainer(app.db);
    expect(await visit(list.load, { app, actor })).toMatchObject({ data: { mayCreate: true, cohorts: [] } });
  });

  it('does not exist for a visitor', async () => {
    expect(await visit(list.load, { app, actor: null })).toMatchObject({ status: 404 });
  });
});

describe('a new cohort', () => {
  const form = { name: 'Rivierenrand', programme: 'Leergang', partnership: 'De Brug', trainerSeesSchools: 'yes' };

  it('is made and opened', async () => {
    const outcome = await send(newCohort.actions, 'default', { app, actor: own.trainer, form });
    const id = 'to' in outcome ? (/^\/cohorts\/([\w-]+)\?done=saved$/.exec(outcome.to)?.[1] ?? '') : '';
    const actor = { ...own.trainer, cohortIds: [id] };
    expect(await cohorts.get(app.db, actor, id)).toMatchObject({ name: 'Rivierenrand', trainerSeesSchools: true });
  });

  it('names every fault at its field and keeps what was typed', async () => {
    const typed = { name: ' ', programme: 'Leergang', partnership: 'x'.repeat(201) };
    const outcome = await send(newCohort.actions, 'default', { app, actor: own.trainer, form: typed });
    expect(outcome).toMatchObject({ status: 400, shown: { values: typed } });
    const { errors } = (outcome as { shown: { errors: Record<string, string> } }).shown;
    expect(Object.keys(errors)).toEqual(['name', 'partnership', 'trainerSeesSchools']);
  });

  it('names the field that holds a file, and gives back texts only', async () => {
    const sent = new FormData();
    for (const [name, value] of Object.entries({ ...form, ['__proto__']: 'x' })) sent.set(name, value);
    sent.set('name', new File(['x'], 'x.txt'));
    const outcome = await send(newCohort.actions, 'default', { app, actor: own.trainer, form: sent });
    const { name: _, ...texts } = form;
    expect(outcome).toEqual({ status: 400, shown: { values: texts, errors: { name: expect.any(String) } } });
  });

  it('keeps what was typed when the name is taken', async () => {
    const { name } = await cohorts.get(app.db, own.trainer, own.id);
    const outcome = await send(newCohort.actions, 'default', { app, actor: own.trainer, form: { ...form, name } });
    expect(outcome).toMatchObject({
      status: 409,
      shown: { code: 'cohort_name_taken', values: { programme: 'Leergang' } },
    });
  });
});

describe('another trainer’s cohort', () => {
  it('is not there, on any of its pages', async () => {
    const pagesOf = (cohort: make.TestCohort) =>
      Promise.all([
        visit(overview.load, as(cohort)),
        visit(settings.load, as(cohort)),
        visit(newSchool.load, as(cohort)),
        visit(newRound.load, as(cohort)),
      ]);
    for (const page of await pagesOf(other)) expect(page).toMatchObject({ status: 404 });
    for (const page of await pagesOf(own)) expect(page).toMatchObject({ data: { cohort: { id: own.id } } });
  });

  it('cannot be changed, filled or planned for', async () => {
    const school = { ibName: 'Sanne', ibEmail: 's@school.example', directorName: '', directorEmail: '' };
    const attempts = [
      send(settings.actions, 'default', as(other, { name: 'Ingenomen', trainerSeesSchools: 'no' })),
      send(newSchool.actions, 'default', as(other, { school: 'Nieuw', brin: '', teachers: '', ...school })),
      send(newRound.actions, 'default', as(other, { name: 'T0', instrumentVersionId: 'x' })),
    ];
    for (const outcome of await Promise.all(attempts)) expect(outcome).toMatchObject({ status: 404 });
    expect(await cohorts.listSeries(app.db, other.id)).toEqual([]);
  });
});

it('a cohort is over once nothing is left in its plan and its rounds were held', async () => {
  const isRunOut = async () => await visit(overview.load, as(own));
  await make.addSeries(app.db, own);
  expect(await isRunOut(), 'nothing was ever planned').toMatchObject({ data: { isRunOut: false } });
  await addSession(app.db, own.id, { startsAt: '2026-01-08T12:00:00.000Z' });
  await app.db
    .insertInto('planned_round')
    .values({ cohort_id: own.id, name: 'T0', year: 1, on_day: '2026-01-01' })
    .execute();
  expect(await isRunOut(), 'T0 is still to be held').toMatchObject({ data: { isRunOut: false } });
  await make.planRound(app.db, own);
  expect(await isRunOut()).toMatchObject({ data: { isRunOut: true } });
  await addSession(app.db, own.id, { startsAt: '2100-01-08T12:00:00.000Z' });
  expect(await isRunOut(), 'a session lies ahead').toMatchObject({ data: { isRunOut: false } });
});

describe('the agreements of a cohort', () => {
  it('change until a form was opened, and then say why not', async () => {
    const back = { to: `/cohorts/${own.id}?done=saved` };
    const given = { name: 'Nieuw', programme: 'Leergang', partnership: 'De Brug', version: '1' };
    const yes = { ...given, trainerSeesSchools: 'yes' };
    expect(await send(settings.actions, 'default', as(own, yes))).toEqual(back);
    await make.addSeries(app.db, own);
    const { invited } = await make.openRound(app.db, own);
    await make.enter(app.db, make.inRole(invited, 'ib'));
    expect(await visit(settings.load, as(own))).toMatchObject({ data: { isLocked: true } });
    const no = { ...given, version: '2', trainerSeesSchools: 'no' };
    const outcome = await send(settings.actions, 'default', as(own, no));
    expect(outcome).toMatchObject({ status: 409, shown: { code: 'setting_locked' } });
    expect(await send(settings.actions, 'default', as(own, { name: '', trainerSeesSchools: 'no' }))).toMatchObject({
      ...{ status: 400, shown: { values: { name: '' } } },
    });
    // Made from what somebody else has changed since: told, and what was typed stays.
    expect(await send(settings.actions, 'default', as(own, yes))).toMatchObject({
      ...{ status: 409, shown: { code: 'changed_meanwhile', values: yes } },
    });
    const half = { ...yes, version: '2', partnership: '' };
    expect(await send(settings.actions, 'default', as(own, half))).toMatchObject({
      ...{ status: 400, shown: { errors: { partnership: expect.any(String) } } },
    });
  });
});

describe('a new school', () => {
  const form = {
    ...{ school: 'De Wingerd', brin: '12ab', ibName: 'Sanne Bakker', ibEmail: 'sanne@school.example' },
    ...{ directorName: 'Joost', directorEmail: 'joost@school.example' },
    teachers: 'Fatima Aydin; fatima@school.example\nJan de Boer',
  };

  it('comes in with its whole team', async () => {
    expect(await send(newSchool.actions, 'default', as(own, form))).toEqual({ to: `/cohorts/${own.id}?done=added` });
    const [series] = await cohorts.listSeries(app.db, own.id);
    expect(series).toMatchObject({ schoolName: 'De Wingerd', brin: '12AB00', rateeName: 'Sanne Bakker' });
    expect(series?.team.map(({ role, name, email }) => `${role} ${name} ${email}`).sort()).toEqual([
      'director Joost joost@school.example',
      'ib Sanne Bakker sanne@school.example',
      'teacher Fatima Aydin fatima@school.example',
      'teacher Jan de Boer null',
    ]);
  });

  it('may do without director and teachers for now', async () => {
    const bare = { ...form, directorName: '', directorEmail: ' ', teachers: '' };
    expect(await send(newSchool.actions, 'default', as(own, bare))).toHaveProperty('to');
    const [series] = await cohorts.listSeries(app.db, own.id);
    expect(series?.team.map(({ role }) => role)).toEqual(['ib']);
  });

  it('says that an open round needs the director, and keeps what was typed', async () => {
    await make.addSeries(app.db, own);
    await make.openRound(app.db, own);
    const bare = { ...form, directorName: '', directorEmail: '' };
    const outcome = await send(newSchool.actions, 'default', as(own, bare));
    expect(outcome).toMatchObject({ status: 409, shown: { code: 'school_round_incomplete', values: bare } });
    expect(await cohorts.listSeries(app.db, own.id)).toHaveLength(1);
  });

  it('names every fault, the teachers’ with their line, keeps what was typed and stores nothing', async () => {
    const typed = {
      ...{ school: '', brin: '123', ibName: 'Sanne', ibEmail: 'geen adres', directorName: 'Joost' },
      ...{ directorEmail: '', teachers: 'Goed\nFout; geen adres\nOok; ook fout' },
    };
    const outcome = await send(newSchool.actions, 'default', as(own, typed));
    expect(outcome).toMatchObject({ status: 400, shown: { values: typed } });
    const { errors } = (outcome as { shown: { errors: Record<string, string> } }).shown;
    expect(Object.keys(errors)).toEqual(['school', 'brin', 'ibEmail', 'directorEmail', 'teachers']);
    expect(errors['brin']).toContain('12AB');
    expect(errors['teachers']?.split('\n').map((line) => line.slice(0, 7))).toEqual(['Regel 2', 'Regel 3']);
    expect(await cohorts.listSeries(app.db, own.id)).toEqual([]);
  });

  it('gives everybody one role', async () => {
    const same = { ...form, directorEmail: 'SANNE@school.example', teachers: 'Sanne; sanne@school.example' };
    const outcome = await send(newSchool.actions, 'default', as(own, same));
    const { errors } = (outcome as { shown: { errors: Record<string, string> } }).shown;
    expect(Object.keys(errors)).toEqual(['directorEmail', 'teachers']);
  });

  it('is refused as a whole when this IB’er is there already', async () => {
    await send(newSchool.actions, 'default', as(own, form));
    const outcome = await send(newSchool.actions, 'default', as(own, form));
    expect(outcome).toMatchObject({ status: 409, shown: { code: 'series_exists', values: form } });
  });
});

describe('a new round', () => {
  it('offers published lists and the next name, and is planned', async () => {
    const page = await visit(newRound.load, as(own));
    expect(page).toMatchObject({ data: { nextName: 'T0', lists: { length: 3 } } });
    const { usual, lists } = (page as { data: { usual: string; lists: { id: string; key: string; status: string }[] } })
      .data;
    expect(new Set(lists.map(({ status }) => status))).toEqual(new Set(['published']));
    expect(lists.find(({ id }) => id === usual)?.key).toBe('ib-180');
    const outcome = await send(newRound.actions, 'default', as(own, { name: 'T0', instrumentVersionId: usual }));
    expect(outcome).toMatchObject({ to: expect.stringMatching(/^\/rounds\//) });
    const again = await send(newRound.actions, 'default', as(own, { name: 'T0', instrumentVersionId: usual }));
    expect(again).toMatchObject({ status: 409, shown: { code: 'round_exists', values: { name: 'T0' } } });
    expect(await visit(newRound.load, as(own))).toMatchObject({ data: { nextName: 'T1', usual } });
  });

  it('asks for a name and a list', async () => {
    const outcome = await send(newRound.actions, 'default', as(own, { name: '' }));
    const { errors } = (outcome as { shown: { errors: Record<string, string> } }).shown;
    expect(Object.keys(errors)).toEqual(['name', 'instrumentVersionId']);
  });
});
