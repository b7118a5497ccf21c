import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as admin from '../../src/routes/(admin)/admin/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { visit } from '../support/page-event.ts';

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

  it('is not there for a trainer or a visitor', async () => {
    for (const other of [trainer, null]) {
      expect(await visit(admin.load, { app, actor: other })).toMatchObject({ status: 404 });
    }
  });
});
