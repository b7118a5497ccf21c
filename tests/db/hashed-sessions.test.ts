import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import { hashToken, sealToken } from '#lib/server/ids.ts';
import { makeSignature } from 'better-auth/crypto';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { SigningIn } from '../support/signing-in.ts';

let app: App;
let browser: SigningIn;
let token: string;
beforeEach(async () => {
  app = await testApp();
  browser = new SigningIn(app);
  const { userId } = await make.makeTrainer(app.db);
  const user = app.db.selectFrom('user').select('email').where('id', '=', userId);
  await browser.withLink((await user.executeTakeFirstOrThrow()).email);
  await browser.setUpFactor();
  token = browser.keepNewest();
});

const stored = () => app.db.selectFrom('session').selectAll().execute();
const internal = async () => (await app.auth.$context).internalAdapter;
const signedWith = async (value: string) => {
  const signed = `${value}.${await makeSignature(value, app.config.secret)}`;
  return new Headers({ cookie: `drieluik.session_token=${encodeURIComponent(signed)}` });
};

describe('the token of a session', () => {
  it('is in the cookie, and in the database its hash', async () => {
    expect(token.length).toBeGreaterThanOrEqual(32);
    expect(await stored()).toMatchObject([{ token: hashToken(token) }]);
    expect((await browser.who()).actor).not.toBeNull();
  });

  it('is nowhere in a dump of the database', async () => {
    const tables = ['session', 'verification', 'account', 'two_factor', 'attempt', 'audit_event', 'mail'] as const;
    const dump = await Promise.all(tables.map((table) => app.db.selectFrom(table).selectAll().execute()));
    expect(JSON.stringify(dump)).toContain(hashToken(token));
    expect(JSON.stringify(dump)).not.toContain(token);
  });

  it('cannot be had from what is stored: as a cookie that opens nothing, even signed with SECRET', async () => {
    const [row] = await stored();
    for (const value of [row?.token ?? '', row?.id ?? '']) {
      browser.headers = await signedWith(value);
      expect(await browser.who()).toEqual({ session: null, actor: null });
      browser.headers = new Headers({ cookie: `drieluik.session_token=${sealToken(app.config.secret, value)}` });
      expect(await browser.who()).toEqual({ session: null, actor: null });
    }
    browser.headers = await signedWith(token); // the way to sign above is the right one
    expect((await browser.who()).session).not.toBeNull();
  });
});

describe('better-auth finds, changes and ends a session by its token', () => {
  it('one, several, and as the token that was asked for', async () => {
    const adapter = await internal();
    expect((await adapter.findSession(token))?.session.token).toBe(token);
    const several = await adapter.findSessions([token, 'another']);
    expect(several.map(({ session }) => session.token)).toEqual([token]);
  });

  it('and none by what is stored', async () => {
    const adapter = await internal();
    expect(await adapter.findSession(hashToken(token))).toBeNull();
    expect(await adapter.findSessions([hashToken(token)])).toEqual([]);
    await adapter.deleteSession(hashToken(token));
    expect(await stored()).toHaveLength(1);
  });

  it('changes it, and stores no token in passing', async () => {
    const adapter = await internal();
    const updated = await adapter.updateSession(token, { userAgent: 'Een browser' });
    expect(updated?.['token']).toBe(token);
    expect(await stored()).toMatchObject([{ token: hashToken(token), user_agent: 'Een browser' }]);
  });

  it.each(['deleteSession', 'deleteSessions'] as const)('%s ends it', async (way) => {
    const adapter = await internal();
    if (way === 'deleteSession') await adapter.deleteSession(token);
    else await adapter.deleteSessions([token]);
    expect(await stored()).toEqual([]);
    expect(await browser.who()).toEqual({ session: null, actor: null });
  });

  it('within a transaction of its own too', async () => {
    const { adapter } = await app.auth.$context;
    const where = [{ field: 'token', value: token }];
    const found = await adapter.transaction((trx) => trx.findOne<{ token: string }>({ model: 'session', where }));
    expect(found?.token).toBe(token);
    expect(await adapter.count({ model: 'session', where })).toBe(1);
  });

  it('signs out by the cookie', async () => {
    await app.auth.api.signOut({ headers: browser.headers });
    expect(await stored()).toEqual([]);
  });
});
