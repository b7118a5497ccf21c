import { beforeEach, describe, expect, it } from 'vitest';
import { STAFF } from '#lib/demo/people.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { App } from '#lib/server/app.ts';
import { links } from '#lib/server/demo/links-service.ts';
import * as demo from '#lib/server/demo/service.ts';
import { guardRoute } from '#lib/server/guard.ts';
import { setupToken } from '#lib/server/setup/service.ts';
import * as layout from '../../src/routes/+layout.server.ts';
import * as home from '../../src/routes/(public)/+page.server.ts';
import * as setup from '../../src/routes/(public)/setup/[token]/+page.server.ts';
import * as admin from '../../src/routes/(admin)/admin/+page.server.ts';
import * as examples from '../../src/routes/(admin)/admin/examples/+page.server.ts';
import * as removal from '../../src/routes/(admin)/admin/examples/remove/+page.server.ts';
import * as programmes from '../../src/routes/(steering)/programmes/+page.server.ts';
import { testApp } from '../support/database.ts';
import { loadDemo, OPERATOR } from '../support/demo.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

let app: App;
let actor: UserActor;
beforeEach(async () => {
  app = await testApp();
  actor = await make.makeTrainer(app.db, { admin: true });
});

const accountOf = async (email: string) =>
  accounts.actorOf(
    app.db,
    await app.db.selectFrom('user').selectAll().where('email', '=', email).executeTakeFirstOrThrow(),
  );
const onPublicAddress = () => ({ ...app, config: { ...app.config, publicUrl: 'https://drieluik.example.org' } });

describe('the choice at the beginning', () => {
  it('loads the demonstration, and a second press does no harm', async () => {
    expect(await visit(examples.load, { app, actor })).toEqual({ data: { name: actor.name, publicAddress: null } });
    const presses = await Promise.all([1, 2].map(() => send(examples.actions, 'default', { app, actor })));
    expect(presses).toEqual([{ to: '/' }, { to: '/' }]);
    expect(await demo.stateOf(app.db)).toBe('loaded');
    expect(await visit(examples.load, { app, actor })).toEqual({ to: '/' });
  });

  it('on a public address has to be confirmed', async () => {
    const elsewhere = onPublicAddress();
    expect(await visit(examples.load, { app: elsewhere, actor })).toMatchObject({
      data: { publicAddress: 'https://drieluik.example.org' },
    });
    const refused = await send(examples.actions, 'default', { app: elsewhere, actor });
    expect(refused).toMatchObject({ status: 409, shown: { code: 'demonstration_not_local' } });
    const form = { evenHere: 'yes' };
    expect(await send(examples.actions, 'default', { app: elsewhere, actor, form })).toEqual({ to: '/' });
  });

  it('is not offered beside other data, and refused when it is asked for all the same', async () => {
    await make.makeCohort(app.db, { trainer: actor });
    expect(await visit(examples.load, { app, actor })).toEqual({ to: '/' });
    const refused = await send(examples.actions, 'default', { app, actor });
    expect(refused).toMatchObject({ status: 409, shown: { code: 'demonstration_beside_data' } });
    expect(await visit(admin.load, { app, actor })).toMatchObject({ data: { examples: 'other_data' } });
  });

  it('and removing are for administrators only', async () => {
    const trainer = await make.makeTrainer(app.db);
    expect(await send(examples.actions, 'default', { app, actor: trainer })).toMatchObject({ status: 404 });
    expect(await send(removal.actions, 'default', { app, actor: trainer })).toMatchObject({ status: 404 });
    expect(guardRoute('/(admin)/admin/examples', trainer)).toBe('not_found');
    expect(await demo.stateOf(app.db)).toBe('absent');
  });
});

describe('removing', () => {
  it('takes everything, goes back to the administration, and once more is harmless', async () => {
    await loadDemo(app.db);
    expect(await visit(removal.load, { app, actor })).toEqual({ data: { isOwnAccount: false } });
    const once = () => send(removal.actions, 'default', { app, actor });
    expect([await once(), await once()]).toEqual(Array(2).fill({ to: '/admin?done=removed#examples' }));
    expect(await demo.stateOf(app.db)).toBe('absent');
    expect(await visit(removal.load, { app, actor })).toEqual({ to: '/admin' });
  });

  it('by an account of the demonstration ends at the front page: the account is gone too', async () => {
    app = await testApp(); // an administrator of its own would have ended that account's rights
    await demo.load(app.db, OPERATOR, app.config);
    const own = await accountOf(STAFF.admin.email);
    expect(await visit(removal.load, { app, actor: own })).toEqual({ data: { isOwnAccount: true } });
    expect(await send(removal.actions, 'default', { app, actor: own })).toEqual({ to: '/' });
  });
});

describe('setting up', () => {
  it('is still to be done where only the demonstration has accounts; who does it is trainer of its cohorts', async () => {
    const empty = await testApp();
    await demo.load(empty.db, OPERATOR, empty.config);
    const token = await setupToken(empty.db);
    expect(token).not.toBeNull();
    // As `demo load` does: the IB'er gets an account to read the report with, which does not end the set-up.
    await links(empty.db, OPERATOR, { ...empty.config, auth: empty.auth });
    expect(await visit(setup.load, { app: empty, actor: null, params: { token } })).not.toHaveProperty('status');
    const form = { name: 'Anneke', email: 'anneke@voorbeeld.example' };
    const outcome = await send(setup.actions, 'default', { app: empty, actor: null, params: { token }, form });
    expect(outcome).toEqual({ to: '/admin/examples' });
    const users = empty.db.selectFrom('user').selectAll().where('email', '=', form.email);
    const first = await accounts.actorOf(empty.db, await users.executeTakeFirstOrThrow());
    expect(first).toMatchObject({ admin: true, trainer: true });
    expect(first.cohortIds).toHaveLength(4);
    expect(await setupToken(empty.db)).toBeNull();
  });
});

describe('the mark', () => {
  const markOn = (params: Record<string, string>, id = '/page') =>
    layout.load({ locals: { app, actor, locale: 'nl' }, params, route: { id } } as never);

  it('stands on every page while the demonstration is all there is', async () => {
    expect(await markOn({})).toMatchObject({ demonstration: null });
    const trainer = await loadDemo(app.db);
    const cohort = trainer.cohortIds[0] ?? '';
    expect(await markOn({})).toMatchObject({ demonstration: 'around' });
    expect(await markOn({ cohort })).toMatchObject({ demonstration: 'shown' });
    // A one-time link is no personal link, so nothing is looked up by it.
    expect(await markOn({ token: 'x' }, '/(public)/sign-in/[token]')).toMatchObject({ demonstration: 'around' });
    expect(await markOn({ token: 'x' }, '/(public)/f/[token]')).toMatchObject({ demonstration: null });
  });
});

describe('somebody of the steering group', () => {
  it('lands on a page that says what can be seen so far: cohorts and rounds, no schools and no people', async () => {
    await loadDemo(app.db);
    const steering = await accountOf(STAFF.steering.email);
    expect(await visit(home.load, { app, actor: steering })).toEqual({ to: '/programmes' });
    const page = await visit(programmes.load, { app, actor: steering });
    expect(page).toMatchObject({
      data: {
        programmes: [
          { partnershipName: 'SWV Rivierenrand (voorbeeld)', cohorts: [{}, {}, { rounds: [{}, {}, {}, {}, {}] }] },
          { name: 'Samenwerken onder spanning (voorbeeld)', cohorts: [{ rounds: [{}, {}] }] },
        ],
      },
    });
    expect(JSON.stringify(page)).not.toMatch(/@|Klimop/);
    expect(await visit(programmes.load, { app, actor })).toEqual({ data: { programmes: [] } });
  });
});
