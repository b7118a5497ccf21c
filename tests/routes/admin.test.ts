import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { App } from '#lib/server/app.ts';
import * as admin from '../../src/routes/(admin)/admin/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

let app: App;
let actor: UserActor;
let trainer: UserActor;

beforeEach(async () => {
  app = await testApp();
  actor = await make.makeTrainer(app.db, { admin: true });
  trainer = await make.makeTrainer(app.db);
});

describe('administration', () => {
  it('shows lists, staff and the counts of open rounds; no answers and no raters', async () => {
    const cohort = await make.makeCohort(app.db, { trainer, secret: app.config.secret });
    await make.addSeries(app.db, cohort);
    await make.openRound(app.db, cohort);
    const page = await visit(admin.load, { app, actor });
    expect(page).toMatchObject({
      data: {
        lists: [{ key: 'ib-180', version: '1.0.0', status: 'published' }],
        staff: [{ name: actor.name }, { name: trainer.name }],
        open: [{ roundName: 'T0', invited: 5, submitted: 0 }],
      },
    });
    expect(JSON.stringify(page)).not.toContain('@school.example');
  });

  it('is not there for a trainer or a visitor', async () => {
    for (const other of [trainer, null]) {
      expect(await visit(admin.load, { app, actor: other })).toMatchObject({ status: 404 });
      const form = { name: 'Bram', email: 'bram@voorbeeld.example', user: actor.userId };
      for (const name of Object.keys(admin.actions)) {
        expect(await send(admin.actions, name, { app, actor: other, form }), name).toMatchObject({ status: 404 });
      }
    }
    expect(await app.db.selectFrom('user').select('id').execute()).toHaveLength(2);
  });
});

describe('adding a trainer', () => {
  it('makes an account that may make cohorts', async () => {
    const form = { name: 'Bram', email: ' bram@voorbeeld.example' };
    const outcome = await send(admin.actions, 'add', { app, actor, form });
    const id = 'to' in outcome ? outcome.to.replace('/admin#u-', '') : '';
    expect(await accounts.actorOf(app.db, { id, name: 'Bram' })).toMatchObject({ trainer: true, admin: false });
  });

  it('names the fault at its field and keeps what was typed', async () => {
    const form = { name: '', email: 'geen adres' };
    const outcome = await send(admin.actions, 'add', { app, actor, form });
    expect(outcome).toMatchObject({ status: 400, shown: { values: form } });
    const { errors } = (outcome as { shown: { errors: Record<string, string> } }).shown;
    expect(Object.keys(errors)).toEqual(['name', 'email']);
  });
});

describe('a sign-in link for staff', () => {
  it('is shown in place', async () => {
    const form = { user: trainer.userId };
    expect(await send(admin.actions, 'signIn', { app, actor, form })).toMatchObject({
      data: { link: { user: trainer.userId, url: expect.stringContaining('http://localhost:3000/sign-in/') } },
    });
  });

  it('is not made for nobody', async () => {
    const forms: Record<string, string>[] = [{}, { user: '' }, { user: 'no-such-account' }];
    for (const form of forms) {
      expect(await send(admin.actions, 'signIn', { app, actor, form })).toMatchObject({ status: 404 });
    }
  });
});
