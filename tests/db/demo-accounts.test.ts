import { beforeEach, describe, expect, it } from 'vitest';
import { STAFF } from '#lib/demo/people.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as roles from '#lib/server/accounts/roles-service.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import { createAuth, signInToken } from '#lib/server/auth/auth.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { links } from '#lib/server/demo/links-service.ts';
import * as demo from '#lib/server/demo/service.ts';
import { testDatabase } from '../support/database.ts';
import { demoTrainer, loadDemo, OPERATOR, SITE } from '../support/demo.ts';
import * as make from '../support/factories.ts';

const PUBLIC = { ...SITE, publicUrl: 'https://drieluik.example.org' };
const signIn = expect.stringContaining('/sign-in/');

let db: Db;
beforeEach(async () => {
  db = await testDatabase();
});

const settings = (site = SITE) => ({ ...site, auth: createAuth(db, site) });
const demoAccount = async (name: keyof typeof STAFF): Promise<UserActor> =>
  accounts.actorOf(
    db,
    await db.selectFrom('user').selectAll().where('email', '=', STAFF[name].email).executeTakeFirstOrThrow(),
  );
/** How many ways in there are for the invented administrator: sessions, and links that were not used yet. */
async function waysIn(): Promise<number> {
  const { userId } = await demoAccount('admin');
  const sessions = await db.selectFrom('session').select('id').where('user_id', '=', userId).execute();
  const links = await db
    .selectFrom('verification')
    .select('id')
    .where('value', 'like', `%${STAFF.admin.email}%`)
    .execute();
  return sessions.length + links.length;
}
async function signInAsAdmin(): Promise<void> {
  const auth = createAuth(db, SITE);
  await auth.api.magicLinkVerify({
    query: { token: await signInToken(auth, STAFF.admin.email) },
    headers: new Headers(),
  });
  await signInToken(auth, STAFF.admin.email);
}

describe('the first administrator beside the demonstration', () => {
  it('of the command line is trainer of its cohorts, as the one of the set-up is; a second is not', async () => {
    await loadDemo(db);
    const first = await accounts.ensureAdmin(db, 'eerste@voorbeeld.example');
    const second = await accounts.ensureAdmin(db, 'tweede@voorbeeld.example');
    const actor = await accounts.actorOf(db, first);
    expect(actor).toMatchObject({ admin: true, trainer: true });
    expect(actor.cohortIds).toHaveLength(4);
    expect(await accounts.actorOf(db, second)).toMatchObject({ admin: true, trainer: false, cohortIds: [] });
  });
});

describe('what accounts of the demonstration may do beyond it', () => {
  it('is everything while nobody else is there; a cohort that one of them makes to try it out changes nothing', async () => {
    const trainer = await loadDemo(db);
    const own = await make.makeCohort(db, { trainer });
    expect(await demoTrainer(db)).toMatchObject({ trainer: true });
    expect((await demoTrainer(db)).cohortIds).toContain(own.id);
    expect(await demoAccount('admin')).toMatchObject({ admin: true });
    const made = await links(db, OPERATOR, settings());
    expect(made).toMatchObject({ trainer: signIn, steering: signIn, admin: signIn, school: signIn });
  });

  it('ends with the first administrator of one’s own, with sessions and links; its cohorts stay open to look at', async () => {
    await loadDemo(db);
    await signInAsAdmin();
    expect(await waysIn()).toBe(2);
    await accounts.ensureAdmin(db, 'eigen@voorbeeld.example');
    expect(await waysIn()).toBe(0);
    expect(await demoAccount('admin')).toMatchObject({ admin: false });
    expect(await demoTrainer(db)).toMatchObject({ trainer: false });
    expect((await demoTrainer(db)).cohortIds).toHaveLength(4);
    const made = await links(db, OPERATOR, settings());
    expect(made).toMatchObject({ trainer: signIn, steering: signIn, admin: null, school: signIn });
  });

  it('never begins where there is such an administrator at loading', async () => {
    await accounts.ensureAdmin(db, 'eigen@voorbeeld.example');
    expect(await loadDemo(db)).toMatchObject({ trainer: false });
    expect(await demoAccount('admin')).toMatchObject({ admin: false });
    const actions = db.selectFrom('audit_event').select('action').where('action', '=', 'demonstration.rights_ended');
    expect(await actions.execute()).toHaveLength(2);
  });

  it('ends with the first real cohort of a page, and no link leads to staff any more', async () => {
    await loadDemo(db);
    const trainerRole = { admin: false, trainer: true, cohorts: [], programmes: [] };
    const { id } = await roles.add(db, await demoAccount('admin'), { name: 'X', email: 'x@x.example' }, trainerRole);
    expect(await demoAccount('admin')).toMatchObject({ admin: true });
    await make.makeCohort(db, { trainer: await accounts.actorOf(db, { id, name: 'X' }) });
    expect(await demoAccount('admin')).toMatchObject({ admin: false });
    const made = await links(db, OPERATOR, settings());
    expect(made).toMatchObject({ trainer: null, steering: null, admin: null, school: signIn });
  });

  it('ends with the first real cohort of an import', async () => {
    await loadDemo(db);
    await cohorts.createImported(db, OPERATOR, 'Echt');
    expect(await demoAccount('admin')).toMatchObject({ admin: false });
    expect(await links(db, OPERATOR, settings())).toMatchObject({ trainer: null, steering: null, admin: null });
  });

  it('is not to be had back by a grant', async () => {
    await loadDemo(db);
    await accounts.ensureAdmin(db, 'eigen@voorbeeld.example');
    const { userId } = await demoTrainer(db);
    await accounts.grant(db, OPERATOR, userId, { role: 'trainer', cohortId: null, programmeId: null });
    expect(await demoTrainer(db)).toMatchObject({ trainer: false });
  });
});

describe('on a public address', () => {
  const notLocal = expect.objectContaining({ name: 'DomainError', code: 'demonstration_not_local' });

  it('neither loading again nor new links come without being told twice', async () => {
    await loadDemo(db);
    await expect(demo.load(db, OPERATOR, PUBLIC)).rejects.toEqual(notLocal);
    await expect(links(db, OPERATOR, settings(PUBLIC))).rejects.toEqual(notLocal);
    expect(await demo.load(db, OPERATOR, PUBLIC, { evenHere: true })).toBe(false);
    expect(await links(db, OPERATOR, settings(PUBLIC), { evenHere: true })).toMatchObject({ admin: signIn });
  });
});

describe('removing leaves an account of the demonstration, without rights beyond what it is needed for,', () => {
  const isThere = async (name: keyof typeof STAFF) =>
    (await db.selectFrom('user').select('id').where('email', '=', STAFF[name].email).execute()).length === 1;

  it('that is in the steering group of a programme that stays', async () => {
    await loadDemo(db);
    const { id } = await make.makeCohort(db);
    const { programme_id: programmeId } = await db
      .selectFrom('cohort')
      .select('programme_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const { userId } = await demoAccount('steering');
    await accounts.grant(db, OPERATOR, userId, { role: 'steering', cohortId: null, programmeId });
    await demo.remove(db, OPERATOR);
    expect((await demoAccount('steering')).programmeIds).toEqual([programmeId]);
    expect(await isThere('admin')).toBe(false);
  });

  it('that belongs to a person who stays', async () => {
    const trainer = await loadDemo(db);
    const own = await make.makeCohort(db, { trainer });
    await make.addSeries(db, own);
    const person = db.selectFrom('series').select('ratee_id as id').where('cohort_id', '=', own.id);
    const { id } = await person.executeTakeFirstOrThrow();
    const { userId } = await demoAccount('admin');
    await db.updateTable('person').set({ user_id: userId }).where('id', '=', id).execute();
    await demo.remove(db, OPERATOR);
    expect(await demoAccount('admin')).toMatchObject({ admin: false, personId: id });
    expect(await demoTrainer(db)).toMatchObject({ trainer: false, cohortIds: [own.id] });
    expect(await isThere('steering')).toBe(false);
  });
});
