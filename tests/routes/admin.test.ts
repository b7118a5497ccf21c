import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as admin from '../../src/routes/(admin)/admin/+page.server.ts';
import * as access from '../../src/routes/(admin)/admin/people/[user]/access/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as rounds from '#lib/server/rounds/service.ts';
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
  it('shows lists, how many have a role and the counts of open rounds; no answers and no raters', async () => {
    const cohort = await make.makeCohort(app.db, { trainer, secret: app.config.secret });
    await make.addSeries(app.db, cohort);
    await make.openRound(app.db, cohort);
    const page = await visit(admin.load, { app, actor });
    expect(page).toMatchObject({
      data: {
        lists: 3,
        people: 2,
        open: [{ roundName: 'T0', invited: 5, submitted: 0 }],
      },
    });
    expect(JSON.stringify(page)).not.toContain('@school.example');
  });

  it('says how many mails wait for want of a mail server', async () => {
    const cohort = await make.makeCohort(app.db, { trainer, secret: app.config.secret });
    await make.addSeries(app.db, cohort);
    await make.openRound(app.db, cohort);
    expect(await visit(admin.load, { app, actor })).toMatchObject({ data: { waitingForSetUp: 5 } });
    const mail = { url: 'smtp://localhost:25', from: 'Drieluik <drieluik@swv.example>' };
    const mailing = { ...app, config: { ...app.config, mail } };
    expect(await visit(admin.load, { app: mailing, actor })).toMatchObject({ data: { waitingForSetUp: null } });
  });

  it('names the cohorts in which something is still to come that have no trainer, before the last one goes and after', async () => {
    const cohort = await make.makeCohort(app.db, { name: 'Rivierenrand', trainer, secret: app.config.secret });
    await make.makeCohort(app.db, { name: 'Zonder iets', trainer, secret: app.config.secret });
    await make.addSeries(app.db, cohort);
    await make.planRound(app.db, cohort);
    // Nothing lies ahead of it but reports that somebody has to release.
    const held = await make.makeCohort(app.db, { name: 'Dijkzicht', trainer, secret: app.config.secret });
    await make.addSeries(app.db, held);
    const { id, invited } = await make.openRound(app.db, held);
    await make.fillAndSubmit(app.db, make.inRole(invited, 'ib'), () => 3);
    await rounds.close(app.db, held.trainer, id);
    const both = { data: { withoutTrainer: ['Dijkzicht', 'Rivierenrand'] } };
    const warned = { app, actor, params: { user: trainer.userId } };
    expect(await visit(admin.load, { app, actor })).toMatchObject({ data: { withoutTrainer: [] } });
    expect(await visit(access.load, warned)).toMatchObject(both);
    await send(access.actions, 'default', warned);
    expect(await visit(admin.load, { app, actor })).toMatchObject(both);
  });

  it('is not there for a trainer or a visitor', async () => {
    for (const other of [trainer, null]) {
      expect(await visit(admin.load, { app, actor: other })).toMatchObject({ status: 404 });
    }
  });
});
