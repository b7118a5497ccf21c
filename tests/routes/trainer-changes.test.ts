import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as removal from '../../src/routes/(trainer)/cohorts/[cohort]/remove/+page.server.ts';
import * as team from '../../src/routes/(trainer)/cohorts/[cohort]/series/[series]/+page.server.ts';
import * as leaving from '../../src/routes/(trainer)/cohorts/[cohort]/series/[series]/leave/+page.server.ts';
import * as moving from '../../src/routes/(trainer)/cohorts/[cohort]/series/[series]/move/+page.server.ts';
import * as person from '../../src/routes/(trainer)/cohorts/[cohort]/series/[series]/people/[member]/+page.server.ts';
import * as replacing from '../../src/routes/(trainer)/cohorts/[cohort]/series/[series]/people/[member]/replace/+page.server.ts';
import * as adding from '../../src/routes/(trainer)/cohorts/[cohort]/schools/new/+page.server.ts';
import * as school from '../../src/routes/(trainer)/cohorts/[cohort]/series/[series]/school/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

let app: App;
let own: make.TestCohort;
let other: make.TestCohort;
let series: string;
let foreign: string;

beforeEach(async () => {
  app = await testApp();
  own = await make.makeCohort(app.db, { secret: app.config.secret });
  other = await make.makeCohort(app.db, { secret: app.config.secret });
  series = await make.addSeries(app.db, own, { school: 'De Wingerd', teachers: 1 });
  foreign = await make.addSeries(app.db, other, { teachers: 1 });
});

const found = (id = series) => cohorts.getSeries(app.db, id === foreign ? other.trainer : own.trainer, id);
async function as(role: string, form: Record<string, string> = {}, id = series, cohort = own.id) {
  const { team: members, version } = await found(id);
  const member = members.find((each) => each.role === role)?.id ?? '';
  const params = { cohort, series: id, member };
  return { app, actor: own.trainer, params, form: { version: String(version), ...form } };
}
const back = (done = 'saved') => ({ to: `/cohorts/${own.id}/series/${series}?done=${done}` });
const errorsOf = (outcome: object) => Object.keys((outcome as { shown: { errors: object } }).shown.errors);

describe('pages that change people and schools', () => {
  it('are not there for a team of another trainer, to look at or to send to', async () => {
    const mixed = [await as('teacher', {}, foreign, other.id), await as('teacher', {}, foreign, own.id)];
    for (const where of mixed) {
      const looked = await Promise.all([
        visit(team.load, where),
        visit(leaving.load, where),
        visit(moving.load, where),
        visit(person.load, where),
        visit(replacing.load, where),
        visit(school.load, where),
      ]);
      const sent = await Promise.all([
        send(leaving.actions, 'default', where),
        send(moving.actions, 'default', where),
        send(person.actions, 'default', where),
        send(replacing.actions, 'default', where),
        send(school.actions, 'default', where),
      ]);
      for (const outcome of [...looked, ...sent]) expect(outcome).toMatchObject({ status: 404 });
      expect(await send(team.actions, 'rejoin', where)).toMatchObject({ status: 404 });
    }
    const away = { app, actor: own.trainer, params: { cohort: other.id } };
    expect(await visit(removal.load, away)).toMatchObject({ status: 404 });
    expect(await send(removal.actions, 'default', away)).toMatchObject({ status: 404 });
  });

  it('ask whose a new address is, and keep what was typed', async () => {
    const form = { name: 'Joost', email: 'nieuw@school.example', language: 'nl' };
    const outcome = await send(person.actions, 'default', await as('director', form));
    expect(outcome).toMatchObject({ status: 400, shown: { values: form } });
    expect(errorsOf(outcome)).toEqual(['who']);
    const same = await as('director', { ...form, who: 'same' });
    const round = '/rounds/some-id?school=other-id';
    const fromRound = { ...same, query: new URLSearchParams({ to: round }).toString() };
    expect(await send(person.actions, 'default', fromRound)).toEqual({ to: `${round}&done=readdressed` });
    expect(await send(person.actions, 'default', await as('director', { ...form, who: 'same' }))).toEqual(back());
    const { team: before } = await found();
    const director = before.find(({ role }) => role === 'director');
    expect(director).toMatchObject({ name: 'Joost', email: 'nieuw@school.example' });
    const els = { name: 'Els', email: 'els@school.example', language: 'nl', who: 'other' };
    expect(await send(person.actions, 'default', await as('director', els))).toEqual(back('replaced'));
    const after = (await found()).team.find(({ role }) => role === 'director');
    expect(after?.personId).not.toBe(director?.personId);
  });

  it('name every fault at its field', async () => {
    const empty = { name: '', email: '', language: 'fy' };
    const outcome = await send(person.actions, 'default', await as('director', empty));
    expect(errorsOf(outcome).sort()).toEqual(['email', 'language', 'name', 'who']);
    const replaced = await send(replacing.actions, 'default', await as('director', { name: '', email: '' }));
    expect(errorsOf(replaced).sort()).toEqual(['email', 'name']);
    const brin = await send(school.actions, 'default', await as('ib', { school: '', brin: '123' }));
    expect(errorsOf(brin).sort()).toEqual(['brin', 'school']);
    expect(errorsOf(await send(moving.actions, 'default', await as('ib')))).toEqual(['to']);
  });

  it('refuse a known address with another name, and change nothing', async () => {
    await send(person.actions, 'default', {
      ...(await as('director', {
        name: 'Joost van Dalen',
        email: 'joost@school.example',
        language: 'nl',
        who: 'same',
      })),
    });
    const { team: before } = await found();
    const typed = { name: 'Els', email: 'Joost@school.example' };
    const told = { status: 400, shown: { values: typed } };
    const says = 'Dit adres is van Joost van Dalen. Klopt dat, typ dan die naam.';
    const second = await make.addSeries(app.db, own, { school: 'De Els', teachers: 1 });
    for (const role of ['director', 'teacher', 'ib']) {
      const outcome = await send(replacing.actions, 'default', await as(role, typed, second));
      expect(outcome, role).toMatchObject({ ...told, shown: { errors: { email: says } } });
    }
    const corrected = await as('director', { ...typed, language: 'nl', who: 'other' }, second);
    expect(await send(person.actions, 'default', corrected)).toMatchObject({ shown: { errors: { email: says } } });
    const fields = { brin: '', ibName: 'Ida', ibEmail: 'ida@school.example', directorName: 'Els' };
    const form = { school: 'De Iep', ...fields, directorEmail: typed.email, teachers: '' };
    const where = { app, actor: own.trainer, params: { cohort: own.id } };
    const added = await send(adding.actions, 'default', { ...where, form });
    expect(added).toMatchObject({ status: 400, shown: { errors: { directorEmail: says } } });
    const teachers = `Els; ${typed.email}`;
    const lines = { ...form, directorEmail: 'dirk@school.example', teachers };
    expect(errorsOf(await send(adding.actions, 'default', { ...where, form: lines }))).toEqual(['teachers']);
    expect((await found()).team).toEqual(before);
    expect(await cohorts.listSeries(app.db, own.id)).toHaveLength(2);
    const meant = { name: 'joost  van dalen', email: typed.email };
    expect(await send(replacing.actions, 'default', await as('director', meant, second))).toMatchObject({
      to: `/cohorts/${own.id}/series/${second}?done=replaced`,
    });
  });

  it('tell the second of two trainers, and keep what was typed', async () => {
    const form = { name: 'Joost', email: 'nieuw@school.example', language: 'nl', who: 'same' };
    const stale = await as('director', form);
    await send(school.actions, 'default', await as('ib', { school: 'De Linde', brin: '' }));
    const told = { status: 409, shown: { code: 'changed_meanwhile' } };
    expect(await send(person.actions, 'default', stale)).toMatchObject({ ...told, shown: { values: form } });
    expect(await send(replacing.actions, 'default', stale)).toMatchObject(told);
    expect(await send(leaving.actions, 'default', stale)).toMatchObject(told);
  });

  it('refuse a BRIN of another school by that school’s name', async () => {
    expect(await send(school.actions, 'default', await as('ib', { school: 'De Wingerd', brin: '12ab' }))).toEqual(
      back(),
    );
    const second = await make.addSeries(app.db, own, { school: 'De Els' });
    const form = { school: 'De Els', brin: '12AB00', version: '1' };
    const outcome = await send(school.actions, 'default', {
      ...(await as('ib', form)),
      params: { cohort: own.id, series: second },
    });
    expect(outcome).toMatchObject({ status: 400, shown: { errors: { brin: expect.stringContaining('De Wingerd') } } });
  });

  it('lead to the new IB’er’s series, and let the old one come back', async () => {
    const els = { name: 'Els', email: 'els@school.example' };
    const outcome = await send(replacing.actions, 'default', await as('ib', els));
    expect(outcome).toMatchObject({ to: expect.stringMatching(/\/series\//) });
    expect(outcome).not.toEqual(back('replaced'));
    expect((await found()).leftAt).not.toBeNull();
    expect(await send(team.actions, 'rejoin', await as('ib'))).toEqual(back('back'));
    expect((await found()).leftAt).toBeNull();
  });

  it('say which name stays when an added address is known under another', async () => {
    await make.addSeries(app.db, own);
    const { team: members } = await found();
    const known = await cohorts.listSeries(app.db, own.id);
    const email =
      known.flatMap((each) => each.team).find((each) => !members.some((m) => m.personId === each.personId))?.email ??
      '';
    const outcome = await send(team.actions, 'add', await as('ib', { role: 'teacher', name: 'Anders', email }));
    expect(outcome).toMatchObject({ to: expect.stringMatching(/\?kept=[\w-]+$/) });
  });

  it('delete a cohort as long as nothing was opened', async () => {
    await make.openRound(app.db, own);
    const here = { app, actor: own.trainer, params: { cohort: own.id } };
    expect(await visit(removal.load, here)).toMatchObject({ data: { kept: 'cohort_in_use' } });
    expect(await send(removal.actions, 'default', here)).toMatchObject({
      status: 409,
      shown: { code: 'cohort_in_use' },
    });
  });
});
