import { expect, it } from 'vitest';
import * as accounts from '#lib/server/accounts/service.ts';
import { testApp, testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const at = '2026-11-26T08:00:00.000Z';

it('a second factor that is reset is gone, with every session, and the log says who did it', async () => {
  const db = await testDatabase();
  const admin = await make.makeTrainer(db, { admin: true });
  const { userId } = await make.makeTrainer(db);
  await db.updateTable('user').set({ two_factor_enabled: 1 }).where('id', '=', userId).execute();
  await db
    .insertInto('two_factor')
    .values({ id: 'f', user_id: userId, secret: 's', backup_codes: 'b', locked_until: null })
    .execute();
  const session = { ip_address: null, user_agent: null, created_at: at, updated_at: at, expires_at: at };
  for (const [id, user_id] of [
    ['a', userId],
    ['b', admin.userId],
  ] as const) {
    await db
      .insertInto('session')
      .values({ id, user_id, token: id, second_factor_at: at, ...session })
      .execute();
  }

  await accounts.resetSecondFactor(db, admin, userId);

  expect(await db.selectFrom('two_factor').select('id').execute()).toEqual([]);
  expect(await db.selectFrom('session').select('id').execute()).toEqual([{ id: 'b' }]);
  const user = db.selectFrom('user').select('two_factor_enabled').where('id', '=', userId);
  expect(await user.executeTakeFirst()).toEqual({ two_factor_enabled: 0 });
  const event = db.selectFrom('audit_event').select(['actor_user_id', 'object_id']);
  expect(await event.where('action', '=', 'second_factor.reset').execute()).toEqual([
    { actor_user_id: admin.userId, object_id: userId },
  ]);
});

it('the operator resets the second factor of an administrator who is locked out, when that is asked for', async () => {
  const { db, auth, config } = await testApp();
  const admin = await make.makeTrainer(db, { admin: true });
  const user = db.selectFrom('user').select('email').where('id', '=', admin.userId);
  const { email } = await user.executeTakeFirstOrThrow();
  await db
    .insertInto('two_factor')
    .values({ id: 'f', user_id: admin.userId, secret: 's', backup_codes: 'b', locked_until: null })
    .execute();
  const settings = { auth, publicUrl: config.publicUrl };
  const factors = () => db.selectFrom('two_factor').select('id').execute();
  await accounts.adminSignInLink(db, settings, email);
  expect(await factors()).toHaveLength(1);
  await accounts.adminSignInLink(db, settings, email, { resetSecondStep: true });
  expect(await factors()).toEqual([]);
});

it('only who manages accounts resets a second factor, and of an account that is there', async () => {
  const db = await testDatabase();
  const admin = await make.makeTrainer(db, { admin: true });
  const trainer = await make.makeTrainer(db);
  await expect(accounts.resetSecondFactor(db, trainer, trainer.userId)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(accounts.resetSecondFactor(db, admin, 'nobody')).rejects.toMatchObject({ code: 'not_found' });
});
