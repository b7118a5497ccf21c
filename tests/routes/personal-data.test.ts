import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as list from '../../src/routes/(admin)/admin/personal-data/+page.server.ts';
import * as page from '../../src/routes/(admin)/admin/personal-data/[person]/+page.server.ts';
import * as erase from '../../src/routes/(admin)/admin/personal-data/[person]/erase/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

let app: App;
let admin: UserActor;
let cohort: make.TestCohort;
let teacher: make.Invited;

beforeEach(async () => {
  app = await testApp();
  admin = await make.makeTrainer(app.db, { admin: true });
  cohort = await make.makeCohort(app.db, { secret: app.config.secret });
  await make.addSeries(app.db, cohort, { ib: 'Marloes 100% Hendriks' });
  const { invited } = await make.openRound(app.db, cohort);
  teacher = make.inRole(invited, 'teacher');
  await make.fillAndSubmit(app.db, teacher);
});

describe('looking somebody up', () => {
  const search = (text: string) => visit(list.load, { app, actor: admin, query: `q=${encodeURIComponent(text)}` });

  it('finds people and accounts by a part of name or address, whatever the case', async () => {
    expect(await search('leerKRACHT 1')).toMatchObject({ data: { found: [{ id: teacher.personId }], isCut: false } });
    expect(await search(admin.name)).toMatchObject({ data: { found: [{ id: admin.userId, name: admin.name }] } });
    expect(await search('@school.example')).toMatchObject({ data: { found: { length: 5 } } });
  });

  it('takes a percent sign for what it is, and finds nobody by nothing', async () => {
    expect(await search('100% H')).toMatchObject({ data: { found: [{ name: 'Marloes 100% Hendriks' }] } });
    expect(await search('100_')).toMatchObject({ data: { found: [] } });
    expect(await search('%')).toMatchObject({ data: { found: { length: 1 } } });
    expect(await search('  ')).toMatchObject({ data: { found: [] } });
  });
});

describe('what is kept of somebody', () => {
  it('is told in kinds and counts', async () => {
    await app.db.updateTable('answer').set({ comment: 'een openhartig woord' }).execute();
    const outcome = await visit(page.load, { app, actor: admin, params: { person: teacher.personId } });
    expect(outcome).toMatchObject({
      data: {
        person: {
          name: 'Leerkracht 1',
          places: [{ role: 'teacher', isNow: true }],
          forms: [{ round: 'T0', status: 'submitted', answers: 93, remarks: 93, scales: 0 }],
        },
      },
    });
    expect(JSON.stringify(outcome)).not.toContain('openhartig');
  });

  it('is nobody’s business but an administrator’s, and is not there of who is not there', async () => {
    const asked = { app, params: { person: teacher.personId } };
    expect(await visit(page.load, { ...asked, actor: cohort.trainer })).toMatchObject({ status: 404 });
    expect(await visit(page.load, { ...asked, actor: null })).toMatchObject({ status: 404 });
    expect(await visit(list.load, { app, actor: cohort.trainer, query: 'q=a' })).toMatchObject({ status: 404 });
    const nobody = { app, actor: admin, params: { person: 'nobody' } };
    expect(await visit(page.load, nobody)).toMatchObject({ status: 404 });
  });
});

describe('the page that asks to be sure', () => {
  it('erases when the name is typed, and says so on the page it goes on to', async () => {
    const asked = { app, actor: admin, params: { person: teacher.personId } };
    expect(await send(erase.actions, 'default', { ...asked, form: { name: 'Leerkracht 2' } })).toMatchObject({
      ...{ status: 400, shown: { code: 'erasure_name_wrong', values: { name: 'Leerkracht 2' } } },
    });
    expect(await visit(erase.load, asked)).toMatchObject({ data: { person: { label: 'Leerkracht 1' } } });
    expect(await send(erase.actions, 'default', { ...asked, form: { name: 'leerkracht  1 ' } })).toEqual({
      to: '/admin/personal-data?done=erased',
    });
    expect(await visit(erase.load, asked)).toMatchObject({ status: 404 });
  });

  it('is not there for a trainer, who erases nobody', async () => {
    const asked = { app, actor: cohort.trainer, params: { person: teacher.personId } };
    expect(await visit(erase.load, asked)).toMatchObject({ status: 404 });
    expect(await send(erase.actions, 'default', { ...asked, form: { name: 'Leerkracht 1' } })).toMatchObject({
      status: 404,
    });
  });
});
