import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as account from '#lib/server/accounts/account-service.ts';
import * as people from '#lib/server/accounts/people-service.ts';
import * as roles from '#lib/server/accounts/roles-service.ts';
import type { Roles } from '#lib/server/accounts/roles.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Session } from '#lib/server/accounts/sign-in-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { emptyOutbox } from '../support/outbox.ts';

const none: Roles = { admin: false, trainer: false, cohorts: [], programmes: [] };
const bram = { name: 'Bram', email: 'bram@voorbeeld.example' };
const now = new Date();

let db: Db;
let admin: UserActor;
let id: string;
beforeEach(async () => {
  db = await testDatabase();
  admin = await make.makeTrainer(db, { admin: true });
  ({ id } = await roles.add(db, admin, bram, { ...none, admin: true, trainer: true }));
});

/** What was asked for since the last look, to whom and about what. */
async function asked(): Promise<unknown[]> {
  const rows = await db.selectFrom('mail').select(['template', 'user_id', 'about']).orderBy('id').execute();
  await emptyOutbox(db);
  return rows.map(({ template, user_id, about }) => [template, user_id, JSON.parse(about)]);
}
const told = (change: string, by: string | null = admin.userId) => [
  ['account_changed', id, { ...(by === null ? {} : { by }), change }],
];
const version = async () => (await people.get(db, admin, id, now)).version;
const session = (secondFactorAt: Date): Session => ({
  ...{ id: 'session', userId: id, ...bram, standing: 'staff' },
  secondFactorAt: secondFactorAt.toISOString(),
});

describe('the owner of an account is mailed', () => {
  it('a welcome when the first role is given, and a change when roles are added', async () => {
    expect(await asked()).toEqual([['account_added', id, { by: admin.userId }]]);
    const cohort = await make.makeCohort(db);
    await roles.add(db, admin, bram, { ...none, trainer: true, cohorts: [cohort.id] });
    expect(await asked()).toEqual(told('roles'));
    await roles.add(db, admin, bram, { ...none, trainer: true });
    expect(await asked()).toEqual([]);
  });

  it('once, whatever changes of the roles; nothing where nothing changes or it is refused', async () => {
    await asked();
    const cohort = await make.makeCohort(db);
    await roles.change(db, admin, id, { ...none, cohorts: [cohort.id] }, await version());
    expect(await asked()).toEqual(told('roles'));
    await roles.change(db, admin, id, { ...none, cohorts: [cohort.id] }, await version());
    await expect(roles.change(db, admin, id, { ...none, cohorts: ['none'] }, await version())).rejects.toThrow();
    await expect(roles.change(db, admin, id, { ...none, trainer: true }, 'another version')).rejects.toThrow();
    expect(await asked()).toEqual([]);
  });

  it('when an administrator ends being administrator, sessions, the second step or all access', async () => {
    await asked();
    await roles.takeAdmin(db, admin, id);
    expect(await asked()).toEqual(told('roles'));
    await people.endSessions(db, admin, id);
    expect(await asked()).toEqual(told('sessions'));
    await accounts.resetSecondFactor(db, admin, id);
    expect(await asked()).toEqual(told('second_step'));
    await roles.block(db, admin, id);
    expect(await asked()).toEqual(told('access'));
  });

  it('when a password is set, not when it is refused', async () => {
    await asked();
    const password = 'vier kale bomen in november';
    const stale = session(new Date(now.getTime() - 11 * 60_000));
    await expect(account.setPassword(db, stale, password, now)).rejects.toThrow();
    await expect(account.setPassword(db, session(now), 'wachtwoordwachtwoord', now)).rejects.toThrow();
    expect(await asked()).toEqual([]);
    await account.setPassword(db, session(now), password, now);
    expect(await asked()).toEqual(told('password', id));
  });

  it('when the operator makes it an administrator or takes its second step away, not when it is one already', async () => {
    await asked();
    await accounts.ensureAdmin(db, bram.email);
    expect(await asked()).toEqual([]);
    await roles.takeAdmin(db, admin, id);
    await asked();
    await accounts.ensureAdmin(db, bram.email);
    expect(await asked()).toEqual(told('roles', null));
    await accounts.resetSecondFactor(db, { kind: 'operator' }, id);
    expect(await asked()).toEqual(told('second_step', null));
    await accounts.ensureAdmin(db, 'nieuw@voorbeeld.example');
    expect(await asked()).toEqual([]);
  });
});
