import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as team from '../../src/routes/(trainer)/cohorts/[cohort]/series/[series]/+page.server.ts';
import * as removal from '../../src/routes/(trainer)/cohorts/[cohort]/series/[series]/remove/[member]/+page.server.ts';
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
  series = await make.addSeries(app.db, own, { teachers: 1 });
  foreign = await make.addSeries(app.db, other, { teachers: 1 });
});

const as = (params: { cohort: string; series: string; member?: string }, form: Record<string, string> = {}) => ({
  ...{ app, actor: own.trainer, params, form },
});
const here = () => ({ cohort: own.id, series });
const members = async () => (await cohorts.getSeries(app.db, own.trainer, series)).team;
const memberOf = async (role: string) => (await members()).find((member) => member.role === role)?.id ?? '';

describe('the page of a team', () => {
  it('shows the team of the own cohort, and nothing of another', async () => {
    expect(await visit(team.load, as(here()))).toMatchObject({ data: { series: { id: series }, isOpen: false } });
    const elsewhere = [
      { cohort: other.id, series: foreign },
      { cohort: own.id, series: foreign },
      { cohort: other.id, series },
    ];
    for (const params of elsewhere) expect(await visit(team.load, as(params))).toMatchObject({ status: 404 });
    // A team of the own other cohort is not there under this one's address either.
    const second = await make.makeCohort(app.db, { trainer: own.trainer });
    const mixed = { ...as({ cohort: second.id, series }), actor: second.trainer };
    expect(await visit(team.load, mixed)).toMatchObject({ status: 404 });
  });
});

describe('adding to a team', () => {
  const add = (form: Record<string, string>, params = here()) => send(team.actions, 'add', as(params, form));

  it('adds a teacher with or without an address', async () => {
    const back = { to: `/cohorts/${own.id}/series/${series}?done=added` };
    expect(await add({ role: 'teacher', name: 'Jan', email: '' })).toEqual(back);
    expect(await add({ role: 'teacher', name: 'Kim', email: 'kim@school.example' })).toEqual(back);
    expect((await members()).filter(({ role }) => role === 'teacher')).toHaveLength(3);
  });

  it('names the fault at its field and keeps what was typed', async () => {
    const typed = { role: 'ib', name: '', email: 'geen adres' };
    const outcome = await add(typed);
    expect(outcome).toMatchObject({ status: 400, shown: { values: typed } });
    const { errors } = (outcome as { shown: { errors: Record<string, string> } }).shown;
    expect(Object.keys(errors).sort()).toEqual(['email', 'name', 'role']);
  });

  it('wants an address of a director, and has one director', async () => {
    const director = { role: 'director', name: 'Els' };
    expect(await add({ ...director, email: '' })).toMatchObject({
      status: 400,
      shown: { errors: { email: expect.any(String) } },
    });
    const outcome = await add({ ...director, email: 'els@school.example' });
    expect(outcome).toMatchObject({ status: 409, shown: { code: 'person_has_role', values: director } });
  });

  it('adds to the own teams only', async () => {
    const form = { role: 'teacher', name: 'Jan', email: '' };
    expect(await add(form, { cohort: own.id, series: foreign })).toMatchObject({ status: 404 });
  });
});

describe('a sign-in link', () => {
  const link = (member: string, params = here()) => send(team.actions, 'signIn', as(params, { member }));

  it('is shown in place for IB’er and director', async () => {
    for (const member of [await memberOf('ib'), await memberOf('director')]) {
      expect(await link(member)).toMatchObject({
        data: { link: { member, url: expect.stringContaining('http://localhost:3000/sign-in/') } },
      });
    }
  });

  it('is not made for a teacher, nor for nobody, nor in another cohort', async () => {
    expect(await link(await memberOf('teacher'))).toMatchObject({ status: 404 });
    expect(await link('')).toMatchObject({ status: 404 });
    expect(await link(await memberOf('ib'), { cohort: other.id, series: foreign })).toMatchObject({ status: 404 });
    const nothing = await send(team.actions, 'signIn', as(here()));
    expect(nothing).toMatchObject({ status: 404 });
  });
});

describe('removing from a team', () => {
  it('asks first, then takes the unsubmitted form along', async () => {
    const { id } = await make.openRound(app.db, own);
    const member = await memberOf('teacher');
    const params = { ...here(), member };
    expect(await visit(removal.load, as(params))).toMatchObject({ data: { member: { id: member, role: 'teacher' } } });
    expect(await members()).toHaveLength(3);
    const { version } = await cohorts.getSeries(app.db, own.trainer, series);
    await send(team.actions, 'add', as(here(), { role: 'teacher', name: 'Jan', email: '' }));
    const stale = await send(removal.actions, 'default', as(params, { version: String(version) }));
    expect(stale).toMatchObject({ status: 409, shown: { code: 'changed_meanwhile' } });
    const outcome = await send(removal.actions, 'default', as(params, { version: String(version + 1) }));
    expect(outcome).toEqual({ to: `/cohorts/${own.id}/series/${series}?done=removed` });
    const [school] = await rounds.progress(app.db, own.trainer, id);
    expect(school?.raters.map(({ role }) => role).sort()).toEqual(['director', 'ib', 'teacher']);
    expect(await visit(removal.load, as(params))).toMatchObject({ status: 404 });
  });

  it('is not for the IB’er, nor for another team or cohort', async () => {
    const theirs = (await cohorts.getSeries(app.db, other.trainer, foreign)).team;
    const director = theirs.find(({ role }) => role === 'director')?.id ?? '';
    const attempts = [
      { ...here(), member: await memberOf('ib') },
      { ...here(), member: director },
      { cohort: other.id, series: foreign, member: director },
      { cohort: other.id, series, member: await memberOf('teacher') },
    ];
    for (const params of attempts) {
      expect(await visit(removal.load, as(params))).toMatchObject({ status: 404 });
      expect(await send(removal.actions, 'default', as(params))).toMatchObject({ status: 404 });
    }
    expect((await cohorts.getSeries(app.db, other.trainer, foreign)).team).toHaveLength(3);
  });
});
