import { beforeEach, describe, expect, it } from 'vitest';
import { STAFF } from '#lib/demo/people.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as people from '#lib/server/accounts/people-service.ts';
import * as roles from '#lib/server/accounts/roles-service.ts';
import type { Roles } from '#lib/server/accounts/roles.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { testDatabase } from '../support/database.ts';
import { loadDemo } from '../support/demo.ts';
import * as make from '../support/factories.ts';
import { emptyOutbox } from '../support/outbox.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const none: Roles = { admin: false, trainer: false, cohorts: [], programmes: [] };
const bram = { name: 'Bram', email: 'bram@voorbeeld.example' };
const now = new Date();

let db: Db;
let admin: UserActor;
beforeEach(async () => {
  db = await testDatabase();
  admin = await make.makeTrainer(db, { admin: true });
});

const actor = (id: string) => accounts.actorOf(db, { id, name: '' });
const versionOf = async (userId: string) => (await people.get(db, admin, userId, now)).version;
const programme = async () => (await db.selectFrom('programme').select('id').executeTakeFirstOrThrow()).id;
const signIn = (id: string, userId: string) => {
  const at = now.toISOString();
  const times = { created_at: at, updated_at: at, expires_at: at, second_factor_at: at };
  return db
    .insertInto('session')
    .values({ id, user_id: userId, token: id, ip_address: null, user_agent: null, ...times })
    .execute();
};
const sessionsLeft = async () => (await db.selectFrom('session').select('id').execute()).map(({ id }) => id);
async function logged(action: string) {
  const rows = await db.selectFrom('audit_event').selectAll().where('action', '=', action).orderBy('id').execute();
  return rows.map((row) => [row.actor_user_id, row.object_id, JSON.parse(row.detail) as unknown]);
}

describe('adding somebody', () => {
  it('makes an account with several roles at once, each for its own cohort or programme, and logs each', async () => {
    const cohort = await make.makeCohort(db);
    const steered = await programme();
    const { id } = await roles.add(db, admin, bram, { ...none, cohorts: [cohort.id], programmes: [steered] });
    expect(await actor(id)).toMatchObject({
      ...{ admin: false, trainer: false, cohortIds: [cohort.id], programmeIds: [steered] },
    });
    const granted = (await logged('account.granted')).filter(([, object]) => object === id);
    expect(granted).toEqual([
      [admin.userId, id, { role: 'trainer', cohort: cohort.id }],
      [admin.userId, id, { role: 'steering', programme: steered }],
    ]);
  });

  it('with a known address adds the roles, keeps name and earlier roles, and says nothing twice', async () => {
    const { id } = await roles.add(db, admin, bram, { ...none, trainer: true });
    const other = { name: 'Iemand anders', email: ' BRAM@voorbeeld.example' };
    expect(await roles.add(db, admin, other, { ...none, admin: true, trainer: true })).toEqual({ id, isNew: false });
    expect(await people.get(db, admin, id, now)).toMatchObject({
      name: 'Bram',
      chosen: { admin: true, trainer: true },
    });
    expect((await logged('account.granted')).filter(([, object]) => object === id)).toHaveLength(2);
  });

  it('needs a role, for something that is there', async () => {
    await expect(roles.add(db, admin, bram, none)).rejects.toEqual(refused('role_needed'));
    const unknown = roles.add(db, admin, bram, { ...none, cohorts: ['no-such-cohort'] });
    await expect(unknown).rejects.toEqual(refused('not_found'));
    expect(await db.selectFrom('user').select('id').where('email', '=', bram.email).execute()).toEqual([]);
  });
});

describe('changing roles', () => {
  it('gives what is new and takes what is gone, each in the log, and it holds at the next request', async () => {
    const { id: cohortId } = await make.makeCohort(db);
    const { id } = await roles.add(db, admin, bram, { ...none, trainer: true });
    await roles.change(db, admin, id, { ...none, cohorts: [cohortId] }, await versionOf(id));
    expect(await actor(id)).toMatchObject({ trainer: false, cohortIds: [cohortId] });
    expect(await logged('account.role_taken')).toEqual([[admin.userId, id, { role: 'trainer' }]]);
    expect(await logged('account.granted')).toContainEqual([admin.userId, id, { role: 'trainer', cohort: cohortId }]);
  });

  it('lets nobody into a cohort or programme by themselves: administering is no reason to read feedback', async () => {
    const cohort = await make.makeCohort(db);
    const wanted: Roles = { ...none, trainer: true, cohorts: [cohort.id] };
    const before = await versionOf(admin.userId);
    await expect(roles.change(db, admin, admin.userId, wanted, before)).rejects.toEqual(refused('own_role'));
    const { email } = await people.get(db, admin, admin.userId, now);
    await expect(roles.add(db, admin, { name: 'Ik', email }, wanted)).rejects.toEqual(refused('own_role'));
    expect((await actor(admin.userId)).cohortIds).toEqual([]);
  });

  it('never takes the role of administrator, which has a page of its own', async () => {
    const { id } = await roles.add(db, admin, bram, { ...none, admin: true, trainer: true });
    await roles.change(db, admin, id, none, await versionOf(id));
    expect(await actor(id)).toMatchObject({ admin: true, trainer: false });
  });

  it('is refused where nothing would be left, or where somebody else was first; nothing changes then', async () => {
    const { id } = await roles.add(db, admin, bram, { ...none, trainer: true });
    const version = await versionOf(id);
    await expect(roles.change(db, admin, id, none, version)).rejects.toEqual(refused('role_needed'));
    await roles.change(db, admin, id, { ...none, admin: true }, version);
    const late = roles.change(db, admin, id, { ...none, trainer: true }, version);
    await expect(late).rejects.toEqual(refused('changed_meanwhile'));
    expect(await actor(id)).toMatchObject({ admin: true, trainer: false });
  });

  it('is not for an account without a role: those are the trainers’', async () => {
    const user = await accounts.ensureUser(db, { kind: 'operator' }, bram);
    for (const call of [
      () => people.get(db, admin, user.id, now),
      () => roles.change(db, admin, user.id, { ...none, admin: true }, ''),
      () => roles.takeAdmin(db, admin, user.id),
      () => roles.block(db, admin, user.id),
      () => people.endSessions(db, admin, user.id),
      () => people.mailSignInLink(db, admin, user.id, now),
    ]) {
      await expect(call()).rejects.toEqual(refused('not_found'));
    }
  });
});

describe('the role of administrator', () => {
  it('is taken by another administrator, and by nobody from the own account', async () => {
    const other = await make.makeTrainer(db, { admin: true });
    await expect(roles.takeAdmin(db, admin, admin.userId)).rejects.toEqual(refused('own_role'));
    await expect(roles.block(db, admin, admin.userId)).rejects.toEqual(refused('own_role'));
    await roles.takeAdmin(db, admin, other.userId);
    expect(await actor(other.userId)).toMatchObject({ admin: false, trainer: true });
    expect(await logged('account.role_taken')).toEqual([[admin.userId, other.userId, { role: 'admin' }]]);
  });

  it('stays with the last, also when two administrators take it from each other at once, or the operator does', async () => {
    const other = await make.makeTrainer(db, { admin: true });
    const outcomes = await Promise.allSettled([
      roles.takeAdmin(db, admin, other.userId),
      roles.block(db, other, admin.userId),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'last_admin' } });
    const last = roles.takeAdmin(db, { kind: 'operator' }, admin.userId);
    await expect(last).rejects.toEqual(refused('last_admin'));
    expect(await actor(admin.userId)).toMatchObject({ admin: true });
  });
});

describe('taking access away', () => {
  it('takes every role and ends every session of that account, and of no other', async () => {
    const { id: cohortId } = await make.makeCohort(db);
    const { id } = await roles.add(db, admin, bram, { ...none, trainer: true, cohorts: [cohortId] });
    await signIn('one', id);
    await signIn('two', id);
    await signIn('own', admin.userId);
    await roles.block(db, admin, id);
    expect(await actor(id)).toMatchObject({ admin: false, trainer: false, cohortIds: [], programmeIds: [] });
    expect(await sessionsLeft()).toEqual(['own']);
    expect(await logged('account.blocked')).toEqual([[admin.userId, id, {}]]);
    expect(await logged('account.role_taken')).toHaveLength(2);
    expect((await people.list(db, admin)).people.map((person) => person.id)).not.toContain(id);
  });

  it('leaves somebody IB’er or director of a school', async () => {
    const cohort = await make.makeCohort(db);
    await make.addSeries(db, cohort, { director: 'Joost van Dalen' });
    const row = db.selectFrom('person').select(['id', 'email']).where('name', '=', 'Joost van Dalen');
    const { id: personId, email } = await row.executeTakeFirstOrThrow();
    const user = await accounts.userOfPerson(db, { kind: 'operator' }, personId);
    await roles.add(db, admin, { name: 'Joost', email: email ?? '' }, { ...none, trainer: true });
    expect((await people.get(db, admin, user.id, now)).atSchools).toMatchObject([{ role: 'director' }]);
    await roles.block(db, admin, user.id);
    expect(await actor(user.id)).toMatchObject({ personId, trainer: false });
  });
});

describe('signing in of somebody else', () => {
  it('is mailed a link for, once a request, and that is in the log', async () => {
    const { id } = await roles.add(db, admin, bram, { ...none, trainer: true });
    await emptyOutbox(db);
    await people.mailSignInLink(db, admin, id, now);
    await people.mailSignInLink(db, admin, id, now);
    const mails = await db.selectFrom('mail').select(['template', 'user_id', 'status']).execute();
    const mail = { template: 'sign_in', user_id: id, status: 'waiting' };
    expect(mails).toEqual([mail, mail]);
    expect(await logged('sign_in_link.mailed')).toHaveLength(2);
  });

  it('is ended everywhere, the roles stay', async () => {
    const { id } = await roles.add(db, admin, bram, { ...none, trainer: true });
    await signIn('one', id);
    expect(await people.get(db, admin, id, now)).toMatchObject({ sessions: 1 });
    await people.endSessions(db, admin, id);
    expect(await people.get(db, admin, id, now)).toMatchObject({ sessions: 0, chosen: { trainer: true } });
    expect(await logged('account.sessions_ended')).toEqual([[admin.userId, id, {}]]);
  });

  it('keeps its second step for whoever it is: nobody resets the own', async () => {
    await expect(accounts.resetSecondFactor(db, admin, admin.userId)).rejects.toEqual(refused('own_role'));
  });
});

describe('the list of people', () => {
  it('has everybody with a role by name, with roles in words, the second step and the last sign-in', async () => {
    const cohort = await make.makeCohort(db, { name: 'Rivierenrand' });
    const { id } = await roles.add(db, admin, bram, { ...none, cohorts: [cohort.id] });
    await db.updateTable('user').set({ two_factor_enabled: 1 }).where('id', '=', id).execute();
    const line = { ...{ id: 'e1', action: 'sign_in.done', object_type: 'user', object_id: id, detail: '{}' } };
    for (const [event, at] of [
      ['e1', '2026-11-25T08:00:00.000Z'],
      ['e2', '2026-11-26T08:00:00.000Z'],
    ] as const) {
      await db
        .insertInto('audit_event')
        .values({ ...line, id: event, at, actor: 'user', actor_user_id: id })
        .execute();
    }
    const { people: all, total, isLong } = await people.list(db, admin);
    expect(all[0]).toEqual({
      ...{ id, ...bram, hasSecondStep: true, lastSignInAt: '2026-11-26T08:00:00.000Z' },
      roles: [{ role: 'trainer', name: 'Rivierenrand' }],
    });
    expect(all.find((person) => person.id === admin.userId)).toMatchObject({
      hasSecondStep: false,
      lastSignInAt: null,
    });
    expect([total, isLong]).toEqual([3, false]);
  });

  it('is searched by name and address, however written, and offers that from more than twenty on', async () => {
    for (let index = 0; index < 20; index += 1) {
      await roles.add(
        db,
        admin,
        { name: `Collega ${index}`, email: `c${index}@elders.example` },
        { ...none, trainer: true },
      );
    }
    await roles.add(db, admin, bram, { ...none, trainer: true });
    expect(await people.list(db, admin, ' BRAM ')).toMatchObject({
      people: [{ name: 'Bram' }],
      total: 22,
      isLong: true,
    });
    expect((await people.list(db, admin, 'c7@elders')).people).toMatchObject([{ name: 'Collega 7' }]);
    expect((await people.list(db, admin, 'Bram\nbram')).people).toEqual([]);
  });
});

describe('the demonstration’s accounts', () => {
  it('keep the roles they came with: they have no second step, so that a real cohort would stand open', async () => {
    await loadDemo(db);
    const { id } = await db
      .selectFrom('user')
      .select('id')
      .where('email', '=', STAFF.trainer.email)
      .executeTakeFirstOrThrow();
    expect(await people.get(db, admin, id, now)).toMatchObject({ isOfExamples: true });
    const all: Roles = { ...none, admin: true, trainer: true };
    for (const call of [
      async () => roles.change(db, admin, id, all, await versionOf(id)),
      () => roles.add(db, admin, { name: 'X', email: STAFF.trainer.email }, all),
      () => roles.block(db, admin, id),
    ]) {
      await expect(call()).rejects.toEqual(refused('roles_of_examples'));
    }
  });

  it('do not count as administrators: the last of one’s own stays', async () => {
    await loadDemo(db);
    const { id } = await db
      .selectFrom('user')
      .select('id')
      .where('email', '=', STAFF.admin.email)
      .executeTakeFirstOrThrow();
    await db
      .insertInto('role_grant')
      .values({
        id: 'g',
        user_id: id,
        role: 'admin',
        cohort_id: null,
        programme_id: null,
        created_at: now.toISOString(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const last = roles.takeAdmin(db, { kind: 'operator' }, admin.userId);
    await expect(last).rejects.toEqual(refused('last_admin'));
  });
});
