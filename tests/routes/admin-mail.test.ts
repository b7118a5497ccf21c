import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import { enqueue, type MailTemplate } from '#lib/server/mail/outbox-service.ts';
import * as page from '../../src/routes/(admin)/admin/mail/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { emptyOutbox } from '../support/outbox.ts';
import { send, visit } from '../support/page-event.ts';

let app: App;
let actor: UserActor;
let round: make.TestRound;

beforeEach(async () => {
  app = await testApp();
  actor = await make.makeTrainer(app.db, { admin: true });
  const cohort = await make.makeCohort(app.db, { secret: app.config.secret });
  await make.addSeries(app.db, cohort);
  round = await make.openRound(app.db, cohort);
  await emptyOutbox(app.db);
});

async function ask(template: MailTemplate, about: Record<string, string> = {}): Promise<string> {
  const { personId } = make.inRole(round.invited, 'teacher');
  const isToAccount = template === 'sign_in' || template === 'account_added';
  const to = isToAccount ? { userId: actor.userId } : { personId };
  const roundId = isToAccount ? null : round.id;
  await enqueue(app.db, { template, to, about, roundId, onceKey: template }, new Date());
  const row = app.db.selectFrom('mail').select('id').where('once_key', '=', template);
  return (await row.executeTakeFirstOrThrow()).id;
}

const logged = async (action: string) =>
  (await app.db.selectFrom('audit_event').select('object_id').where('action', '=', action).execute()).map(
    ({ object_id }) => object_id,
  );

describe('the administrator’s page of mail', () => {
  it('says that mail is not set up, what waits and what the server does by itself', async () => {
    await ask('invitation');
    expect(await visit(page.load, { app, actor })).toMatchObject({
      data: {
        host: null,
        counts: { waiting: 1, late: 0, failed: 0 },
        waiting: [{ template: 'invitation', email: expect.stringContaining('@school.example') as string }],
        jobs: [
          { name: 'mail' },
          { name: 'rounds' },
          { name: 'registrations' },
          { name: 'ambitions' },
          { name: 'cleaning' },
          { name: 'retention' },
          { name: 'backup' },
        ],
      },
    });
  });

  it('is not there for a trainer', async () => {
    const trainer = await make.makeTrainer(app.db);
    const id = await ask('invitation');
    expect(await visit(page.load, { app, actor: trainer })).toMatchObject({ status: 404 });
    for (const name of Object.keys(page.actions)) {
      const outcome = await send(page.actions, name, { app, actor: trainer, form: { mail: id } });
      expect(outcome, name).toMatchObject({ status: 404 });
    }
  });

  it('lets a waiting invitation be read, and writes that down', async () => {
    const id = await ask('invitation');
    const outcome = await send(page.actions, 'read', { app, actor, form: { mail: id } });
    const { token } = make.inRole(round.invited, 'teacher');
    expect(JSON.stringify(outcome)).toContain(`/f/${token}`);
    expect(await logged('mail.read')).toEqual([id]);
  });

  it('lets nobody read mail that signs in, or the link to answers that were submitted', async () => {
    for (const template of ['sign_in', 'account_added'] as const) {
      const mail = await ask(template);
      expect(await send(page.actions, 'read', { app, actor, form: { mail } })).toMatchObject({ status: 404 });
      expect(await visit(page.load, { app, actor })).toMatchObject({
        data: { waiting: [{ id: mail, isReadable: false }] },
      });
      await emptyOutbox(app.db);
    }
    expect(await app.db.selectFrom('verification').select('id').execute()).toEqual([]);
    const teacher = make.inRole(round.invited, 'teacher');
    await make.fillAndSubmit(app.db, teacher);
    const receipt = await ask('receipt', { invitation: teacher.invitationId });
    const outcome = JSON.stringify(await send(page.actions, 'read', { app, actor, form: { mail: receipt } }));
    expect(outcome).toContain('verzonden');
    expect(outcome).not.toContain(teacher.token);
  });

  it('shows no link to a form that somebody has begun', async () => {
    const teacher = make.inRole(round.invited, 'teacher');
    await make.enter(app.db, teacher);
    const outcome = JSON.stringify(
      await send(page.actions, 'read', { app, actor, form: { mail: await ask('reminder') } }),
    );
    expect(outcome).toContain('subject');
    expect(outcome).not.toContain(teacher.token);
  });

  it('tries again what failed, one or all', async () => {
    const failAll = () => app.db.updateTable('mail').set({ status: 'failed', fault: 'address_refused 550' }).execute();
    const id = await ask('invitation');
    await ask('reminder');
    await failAll();
    await send(page.actions, 'retry', { app, actor, form: { mail: id } });
    const waiting = () => app.db.selectFrom('mail').select('id').where('status', '=', 'waiting').execute();
    expect(await waiting()).toEqual([{ id }]);
    await failAll();
    await send(page.actions, 'retryAll', { app, actor });
    expect(await waiting()).toHaveLength(2);
    expect(await logged('mail.retried')).toEqual([id, 'all']);
  });

  it('asks for a test mail to the own address', async () => {
    await send(page.actions, 'test', { app, actor });
    const test = await app.db.selectFrom('mail').select(['template', 'user_id', 'status']).execute();
    expect(test).toEqual([{ template: 'test', user_id: actor.userId, status: 'waiting' }]);
    expect(await visit(page.load, { app, actor })).toMatchObject({ data: { test: { status: 'waiting' } } });
  });
});
