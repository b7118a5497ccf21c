import { beforeEach, describe, expect, it } from 'vitest';
import * as accounts from '#lib/server/accounts/service.ts';
import { createAuth } from '#lib/server/auth/auth.ts';
import type { Db } from '#lib/server/db/open.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const operator = { kind: 'operator' } as const;

let db: Db;
beforeEach(async () => {
  db = await testDatabase();
});

describe('an account', () => {
  it('is one an address, however it is written', async () => {
    const one = await accounts.ensureUser(db, operator, { name: 'Anneke', email: ' Anneke@Voorbeeld.example ' });
    const two = await accounts.ensureUser(db, operator, { name: 'Iemand anders', email: 'anneke@voorbeeld.example' });
    expect(two).toEqual({ id: one.id, name: 'Anneke', email: 'anneke@voorbeeld.example' });
    expect(await db.selectFrom('user').select('id').execute()).toHaveLength(1);
  });

  it('acts with every role that it was given, each for its own object', async () => {
    const { trainer, id } = await make.makeCohort(db);
    const programme = await db.selectFrom('programme').select('id').executeTakeFirstOrThrow();
    await accounts.grant(db, operator, trainer.userId, { role: 'steering', cohortId: null, programmeId: programme.id });
    await accounts.grant(db, operator, trainer.userId, { role: 'admin', cohortId: null, programmeId: null });
    await accounts.grant(db, operator, trainer.userId, { role: 'admin', cohortId: null, programmeId: null });
    expect(await accounts.actorOf(db, { id: trainer.userId, name: trainer.name })).toEqual({
      ...{ kind: 'user', userId: trainer.userId, name: trainer.name, personId: null, admin: true, trainer: true },
      ...{ cohortIds: [id], programmeIds: [programme.id] },
    });
  });

  it('without a role may do nothing', async () => {
    const user = await accounts.ensureUser(db, operator, { name: 'Niemand', email: 'niemand@voorbeeld.example' });
    expect(await accounts.actorOf(db, user)).toMatchObject({
      ...{ admin: false, trainer: false, cohortIds: [], programmeIds: [], personId: null },
    });
  });
});

describe('an administrator', () => {
  it('makes sign-in links for staff, written down, and for nobody else', async () => {
    const site = { secret: make.SECRET, publicUrl: 'http://localhost:3000' };
    const settings = { auth: createAuth(db, site), publicUrl: site.publicUrl };
    const admin = await make.makeTrainer(db, { admin: true });
    const trainer = await make.makeTrainer(db);
    const link = await accounts.staffSignInLink(db, admin, settings, trainer.userId);
    expect(link).toMatch(/^http:\/\/localhost:3000\/sign-in\/\S{20,}$/);
    const events = await db.selectFrom('audit_event').selectAll().where('action', '=', 'sign_in_link.made').execute();
    expect(events.map((event) => [event.actor_user_id, event.object_id])).toEqual([[admin.userId, trainer.userId]]);
    const link2 = accounts.staffSignInLink(db, trainer, settings, admin.userId);
    await expect(link2).rejects.toEqual(refused('forbidden'));
    const noRole = await accounts.ensureUser(db, operator, { name: 'IB’er', email: 'ib@school.example' });
    const link3 = accounts.staffSignInLink(db, admin, settings, noRole.id);
    await expect(link3).rejects.toEqual(refused('not_found'));
  });

  it('gets a sign-in link at the command line, written down', async () => {
    const site = { secret: make.SECRET, publicUrl: 'http://localhost:3000' };
    const settings = { auth: createAuth(db, site), publicUrl: site.publicUrl };
    const made = await accounts.adminSignInLink(db, settings, 'Beheer@voorbeeld.example');
    expect(made).toMatchObject({ email: 'beheer@voorbeeld.example', isNew: true });
    expect(made.link).toMatch(/^http:\/\/localhost:3000\/sign-in\/\S{20,}$/);
    const user = await db.selectFrom('user').select('id').executeTakeFirstOrThrow();
    const events = await db.selectFrom('audit_event').selectAll().where('action', '=', 'sign_in_link.made').execute();
    expect(events.map((event) => [event.actor, event.object_id])).toEqual([['operator', user.id]]);
  });

  it('can be made at the command line; the first one is trainer too', async () => {
    const first = await accounts.ensureAdmin(db, 'Eerste@voorbeeld.example');
    const second = await accounts.ensureAdmin(db, 'tweede@voorbeeld.example');
    expect(await accounts.actorOf(db, first)).toMatchObject({ admin: true, trainer: true });
    expect(await accounts.actorOf(db, second)).toMatchObject({ admin: true, trainer: false });
    const again = await accounts.ensureAdmin(db, 'eerste@voorbeeld.example');
    expect(again).toEqual({ ...first, isNew: false });
  });
});

describe('a person', () => {
  it('is the same by address, and without an address always a new one', async () => {
    const one = await accounts.ensurePerson(db, { name: 'Joost', email: 'joost@school.example' });
    expect(await accounts.ensurePerson(db, { name: 'J.', email: 'JOOST@school.example' })).toBe(one);
    const two = await accounts.ensurePerson(db, { name: 'Jan', email: null });
    expect(await accounts.ensurePerson(db, { name: 'Jan', email: null })).not.toBe(two);
  });

  it('gets one account, and acts as that person from then on', async () => {
    const personId = await accounts.ensurePerson(db, { name: 'Joost', email: 'joost@school.example' });
    const user = await accounts.userOfPerson(db, operator, personId);
    expect((await accounts.userOfPerson(db, operator, personId)).id).toBe(user.id);
    expect((await accounts.actorOf(db, user)).personId).toBe(personId);
    await expect(accounts.userOfPerson(db, operator, 'nobody')).rejects.toEqual(refused('not_found'));
  });
});
