import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { App } from '#lib/server/app.ts';
import { doneText } from '#lib/text/done.ts';
import * as list from '../../src/routes/(admin)/admin/people/+page.server.ts';
import * as account from '../../src/routes/(admin)/admin/people/[user]/+page.server.ts';
import * as access from '../../src/routes/(admin)/admin/people/[user]/access/+page.server.ts';
import * as administrator from '../../src/routes/(admin)/admin/people/[user]/administrator/+page.server.ts';
import * as secondStep from '../../src/routes/(admin)/admin/people/[user]/second-step/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

const everyPage = { list, account, access, administrator, secondStep };

let app: App;
let actor: UserActor;
let trainer: UserActor;

beforeEach(async () => {
  app = await testApp();
  actor = await make.makeTrainer(app.db, { admin: true });
  trainer = await make.makeTrainer(app.db);
});

const of = ({ userId }: UserActor) => ({ app, actor, params: { user: userId } });
const now = ({ userId, name }: UserActor) => accounts.actorOf(app.db, { id: userId, name });
async function versionOf(person: UserActor): Promise<string> {
  const page = (await visit(account.load, of(person))) as { data: { person: { version: string } } };
  return page.data.person.version;
}

describe('people and roles', () => {
  it('are not there for a trainer or a visitor, whatever they ask', async () => {
    const before = JSON.stringify(await app.db.selectFrom('role_grant').selectAll().execute());
    for (const other of [trainer, null]) {
      const asked = { app, actor: other, params: { user: actor.userId } };
      const form = { name: 'Bram', email: 'bram@voorbeeld.example', trainer: 'on', version: await versionOf(actor) };
      for (const [page, { load, actions }] of Object.entries(everyPage)) {
        expect(await visit(load as (event: object) => unknown, asked), page).toMatchObject({ status: 404 });
        for (const name of Object.keys(actions)) {
          const outcome = await send(actions as never, name, { ...asked, form });
          expect(outcome, `${page} ${name}`).toMatchObject({ status: 404 });
        }
      }
    }
    expect(JSON.stringify(await app.db.selectFrom('role_grant').selectAll().execute())).toBe(before);
  });

  it('are listed, and found by what is searched', async () => {
    expect(await visit(list.load, { app, actor })).toMatchObject({ data: { total: 2, isLong: false, search: '' } });
    const query = `q=${encodeURIComponent(trainer.name)}`;
    expect(await visit(list.load, { app, actor, query })).toMatchObject({
      data: { people: [{ id: trainer.userId }], search: trainer.name },
    });
  });
});

describe('adding somebody', () => {
  it('makes an account with the roles that were ticked, and goes on to its page', async () => {
    const cohort = await make.makeCohort(app.db, { trainer });
    const form = { name: 'Bram', email: ' bram@voorbeeld.example', trainer: 'on', cohort: cohort.id };
    const outcome = await send(list.actions, 'add', { app, actor, form });
    const id = 'to' in outcome ? (/^\/admin\/people\/(.+)\?done=account_added$/.exec(outcome.to)?.[1] ?? '') : '';
    expect(await accounts.actorOf(app.db, { id, name: 'Bram' })).toMatchObject({
      ...{ trainer: true, admin: false, cohortIds: [cohort.id] },
    });
  });

  it('says that a mail goes to the new colleague where mail is set up, and else that none does', async () => {
    const mail = { url: 'smtp://localhost:25', from: 'Drieluik <drieluik@swv.example>' };
    const saysAfter = async (email: string, withMail: typeof mail | null) => {
      const form = { name: 'Bram', email, trainer: 'on' };
      const there = { ...app, config: { ...app.config, mail: withMail } };
      const outcome = await send(list.actions, 'add', { app: there, actor, form });
      const page = new URL('to' in outcome ? outcome.to : '', app.config.publicUrl);
      return { user: page.pathname.split('/').at(-1) ?? '', said: doneText(page) };
    };
    expect((await saysAfter('anna@voorbeeld.example', null)).said).toContain('niets gemaild');
    const { user, said } = await saysAfter('bram@voorbeeld.example', mail);
    expect(said).toContain('Er gaat een mail');
    expect(await saysAfter('bram@voorbeeld.example', mail)).toMatchObject({
      user,
      said: expect.stringContaining('al een account') as string,
    });
    const mails = await app.db.selectFrom('mail').select('template').where('user_id', '=', user).execute();
    expect(mails).toEqual([{ template: 'account_added' }]);
  });

  it('names the fault at its field and keeps what was typed and ticked', async () => {
    const outcome = await send(list.actions, 'add', {
      app,
      actor,
      form: { name: '', email: 'geen adres', admin: 'on' },
    });
    expect(outcome).toMatchObject({
      status: 400,
      shown: {
        values: { name: '', email: 'geen adres', chosen: { admin: true, trainer: false } },
        errors: { name: expect.any(String) as string, email: expect.any(String) as string },
      },
    });
  });

  it('without a role says that one is needed', async () => {
    const form = { name: 'Bram', email: 'bram@voorbeeld.example' };
    expect(await send(list.actions, 'add', { app, actor, form })).toMatchObject({
      status: 400,
      shown: { code: 'role_needed', values: form },
    });
  });
});

describe('the page of an account', () => {
  it('changes the roles to what is ticked', async () => {
    const form = { version: await versionOf(trainer), admin: 'on' };
    const outcome = await send(account.actions, 'roles', { ...of(trainer), form });
    expect(outcome).toEqual({ to: `/admin/people/${trainer.userId}?done=roles` });
    expect(await now(trainer)).toMatchObject({ admin: true, trainer: false });
  });

  it('asks before a cohort in which something is still to come loses its last trainer, and of the rest does not', async () => {
    const cohort = await make.makeCohort(app.db, { name: 'Rivierenrand', trainer, secret: app.config.secret });
    await make.addSeries(app.db, cohort);
    await make.planRound(app.db, cohort);
    await make.makeCohort(app.db, { name: 'Zonder iets', trainer });
    const save = async (form: Record<string, string>) =>
      send(account.actions, 'roles', { ...of(trainer), form: { version: await versionOf(trainer), ...form } });
    const saved = { to: `/admin/people/${trainer.userId}?done=roles` };
    const asked = {
      status: 409,
      shown: { values: { chosen: { trainer: true, cohorts: [] } }, alone: ['Rivierenrand'] },
    };
    expect(await save({ trainer: 'on' })).toMatchObject(asked);
    expect(await save({ trainer: 'on', alone: 'Dijkzicht' }), 'told of another').toMatchObject(asked);
    expect(await now(trainer)).toMatchObject({ cohortIds: expect.arrayContaining([cohort.id]) as string[] });
    expect(await save({ trainer: 'on', cohort: cohort.id }), 'the other cohort').toEqual(saved);
    expect(await save({ trainer: 'on', alone: 'Rivierenrand' })).toEqual(saved);
    expect(await now(trainer)).toMatchObject({ cohortIds: [] });
  });

  it('keeps what was ticked where the change is refused', async () => {
    const outcome = await send(account.actions, 'roles', { ...of(trainer), form: { version: 'old', admin: 'on' } });
    expect(outcome).toMatchObject({
      status: 409,
      shown: { code: 'changed_meanwhile', values: { chosen: { admin: true } } },
    });
    expect(await now(trainer)).toMatchObject({ admin: false });
  });

  it('shows a sign-in link in place where there is no mail, and mails one where there is', async () => {
    expect(await visit(account.load, of(trainer))).toMatchObject({ data: { hasMail: false } });
    expect(await send(account.actions, 'link', of(trainer))).toMatchObject({
      data: { link: expect.stringContaining('http://localhost:3000/sign-in/') as string },
    });
    await send(account.actions, 'mail', of(trainer));
    const mails = await app.db.selectFrom('mail').select(['template', 'user_id']).execute();
    expect(mails).toEqual([{ template: 'sign_in', user_id: trainer.userId }]);
  });

  it('is not there for nobody, nor for an account without a role', async () => {
    const user = await accounts.ensureUser(app.db, actor, { name: 'Joost', email: 'joost@school.example' });
    for (const id of ['no-such-account', user.id]) {
      for (const { load } of [account, access, administrator, secondStep]) {
        expect(await visit(load as (event: object) => unknown, { app, actor, params: { user: id } })).toMatchObject({
          status: 404,
        });
      }
    }
  });
});

describe('what is asked twice', () => {
  it('takes the role of administrator, which nobody does to the own account', async () => {
    const other = await make.makeTrainer(app.db, { admin: true });
    expect(await send(administrator.actions, 'default', of(actor))).toMatchObject({
      status: 409,
      shown: { code: 'own_role' },
    });
    expect(await send(administrator.actions, 'default', of(other))).toEqual({
      to: `/admin/people/${other.userId}?done=admin_taken`,
    });
    expect(await now(other)).toMatchObject({ admin: false, trainer: true });
    expect(await visit(administrator.load, of(other))).toMatchObject({ status: 404 });
  });

  it('takes all access, and the account is in the list no more', async () => {
    expect(await send(access.actions, 'default', of(trainer))).toEqual({ to: '/admin/people?done=blocked' });
    expect(await visit(account.load, of(trainer))).toMatchObject({ status: 404 });
    expect(await visit(list.load, { app, actor })).toMatchObject({ data: { total: 1 } });
  });

  it('takes the second step away', async () => {
    await app.db.updateTable('user').set({ two_factor_enabled: 1 }).where('id', '=', trainer.userId).execute();
    await send(secondStep.actions, 'default', of(trainer));
    expect(await visit(account.load, of(trainer))).toMatchObject({ data: { person: { hasSecondStep: false } } });
  });
});
