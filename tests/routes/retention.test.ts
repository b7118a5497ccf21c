import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as list from '../../src/routes/(admin)/admin/privacy/retention/+page.server.ts';
import * as unit from '../../src/routes/(admin)/admin/privacy/retention/[unit]/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

let app: App;
let actor: UserActor;
let programme: string;

beforeEach(async () => {
  app = await testApp();
  actor = await make.makeTrainer(app.db, { admin: true });
  await make.makeCohort(app.db);
  programme = (await app.db.selectFrom('programme').select('id').executeTakeFirstOrThrow()).id;
});

const open = () => visit(list.load, { app, actor });
/** The version that the form has where nobody chose yet. */
const UNCHOSEN = ' 12  kept';
const save = (typed: Record<string, string>, params = { unit: programme }, version = UNCHOSEN) =>
  send(unit.actions, 'default', { app, actor, form: { ...typed, version }, params });

describe('how long things stay', () => {
  it('is twelve months until somebody chooses', async () => {
    expect(await open()).toMatchObject({
      data: {
        units: [{ id: programme, kind: 'programme', policy: { endsOn: null, months: 12, postponedUntil: null } }],
      },
    });
    expect(await visit(unit.load, { app, actor, params: { unit: programme } })).toMatchObject({
      data: { unit: { id: programme }, version: UNCHOSEN, months: { min: 1, max: 60, usual: 12 } },
    });
  });

  it('is what was typed, in days as they are written here', async () => {
    const form = { endsOn: '31-07-2080', months: ' 24 ', postponedUntil: '' };
    expect(await save(form)).toEqual({ to: '/admin/privacy/retention?done=saved' });
    expect(await open()).toMatchObject({
      data: {
        units: [
          { policy: { endsOn: '2080-07-31', months: 24, postponedUntil: null }, cohorts: [{ goesOn: '2082-07-31' }] },
        ],
      },
    });
  });

  it('lets single answers stay unless it is said that they go', async () => {
    await save({ months: '12', answers: 'erased' });
    expect(await open()).toMatchObject({ data: { units: [{ policy: { answers: 'erased' } }] } });
    await save({ months: '12' }, undefined, ' 12  erased');
    expect(await open()).toMatchObject({ data: { units: [{ policy: { answers: 'kept' } }] } });
  });

  it('is not chosen from a page that was opened before another chose; what was typed stays', async () => {
    await save({ months: '24' });
    expect(await save({ months: '6' })).toMatchObject({
      status: 409,
      shown: { code: 'changed_meanwhile', values: { months: '6' } },
    });
    expect(await open()).toMatchObject({ data: { units: [{ policy: { months: 24 } }] } });
    expect(await save({ months: '6' }, undefined, ' 24  kept')).toHaveProperty('to');
  });

  it.each([
    [{ endsOn: '31-06-2080' }, 'endsOn'],
    [{ postponedUntil: 'straks' }, 'postponedUntil'],
    [{ months: '0' }, 'months'],
    [{ months: '61' }, 'months'],
    [{ months: '-3' }, 'months'],
    [{ months: '1,5' }, 'months'],
  ])('is not what cannot be: %o', async (form: Record<string, string>, field) => {
    expect(await save(form)).toMatchObject({
      status: 400,
      shown: { values: form, errors: { [field]: expect.any(String) } },
    });
    expect(await app.db.selectFrom('retention').selectAll().execute()).toEqual([]);
  });

  it('is not there for what is not there', async () => {
    expect(await save({ months: '12' }, { unit: 'nothing' })).toMatchObject({ status: 404 });
    expect(await visit(unit.load, { app, actor, params: { unit: 'nothing' } })).toMatchObject({ status: 404 });
  });
});
