import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as setup from '#lib/server/setup/service.ts';
import { testDatabase } from '../support/database.ts';

const unknown = expect.objectContaining({ name: 'DomainError', code: 'link_unknown' });
const account = { name: 'Anneke', email: 'anneke@voorbeeld.example' };

let db: Db;
beforeEach(async () => {
  db = await testDatabase();
});

const tokenOf = async () => (await setup.setupToken(db)) ?? '';

describe('the one-time set-up link', () => {
  it('makes the first administrator, who is trainer too, and then no longer works', async () => {
    const token = await tokenOf();
    await setup.assertSetupLink(db, token);
    const user = await setup.createFirstAdmin(db, token, account);
    expect(await accounts.actorOf(db, user)).toMatchObject({ admin: true, trainer: true, cohortIds: [] });
    await expect(setup.assertSetupLink(db, token)).rejects.toEqual(unknown);
    await expect(setup.createFirstAdmin(db, token, { ...account, email: 'b@b.example' })).rejects.toEqual(unknown);
    expect(await db.selectFrom('user').select('id').execute()).toHaveLength(1);
  });

  it('makes one administrator when it is used twice at the same moment', async () => {
    const token = await tokenOf();
    const twice = await Promise.allSettled([
      setup.createFirstAdmin(db, token, account),
      setup.createFirstAdmin(db, token, { ...account, email: 'b@b.example' }),
    ]);
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await db.selectFrom('user').select('id').execute()).toHaveLength(1);
  });

  it('is replaced at every start, and there is none once somebody has an account', async () => {
    const first = await tokenOf();
    const second = await tokenOf();
    await expect(setup.assertSetupLink(db, first)).rejects.toEqual(unknown);
    await setup.assertSetupLink(db, second);
    await accounts.ensureAdmin(db, 'admin@voorbeeld.example');
    await expect(setup.assertSetupLink(db, second)).rejects.toEqual(unknown);
    expect(await setup.setupToken(db)).toBeNull();
  });

  it('runs out after a day, and is not to be guessed', async () => {
    const token = await tokenOf();
    await expect(setup.assertSetupLink(db, `${token}x`)).rejects.toEqual(unknown);
    vi.useFakeTimers({ now: Date.now() + 25 * 3_600_000, toFake: ['Date'] });
    try {
      await expect(setup.assertSetupLink(db, token)).rejects.toEqual(unknown);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is kept as a hash only', async () => {
    const token = await tokenOf();
    const rows = await db.selectFrom('setup_link').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});
