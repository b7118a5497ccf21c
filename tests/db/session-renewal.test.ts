import { beforeEach, describe, expect, it } from 'vitest';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import type { App } from '#lib/server/app.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { SigningIn } from '../support/signing-in.ts';

let app: App;
let browser: SigningIn;
let email: string;
beforeEach(async () => {
  app = await testApp();
  browser = new SigningIn(app);
  const { userId } = await make.makeTrainer(app.db);
  const user = app.db.selectFrom('user').select('email').where('id', '=', userId);
  email = (await user.executeTakeFirstOrThrow()).email;
});

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);

describe('a whole session that gives its code again', () => {
  it('goes on under a new token; the one before opens nothing', async () => {
    await browser.withLink(email);
    const { app: authenticator } = await browser.setUpFactor();
    const before = browser.keepNewest();
    const old = browser.headers;
    const now = later(1);
    await signIn.withCode(app.db, await browser.way(now), await browser.session(now), await authenticator.code(now));
    expect(browser.keepNewest()).not.toBe(before);
    const { session } = await browser.who(now);
    expect(session).toMatchObject({ standing: 'staff', secondFactorAt: now.toISOString() });
    browser.headers = old;
    expect(await browser.who(now)).toEqual({ session: null, actor: null });
    expect(await app.db.selectFrom('session').select('id').execute()).toEqual([{ id: session?.id }]);
  });

  it('lasts no longer for that', async () => {
    await browser.withLink(email);
    const { app: authenticator } = await browser.setUpFactor();
    const createdAt = () => app.db.selectFrom('session').select('created_at').executeTakeFirst();
    const began = await createdAt();
    const now = later(1);
    await signIn.withCode(app.db, await browser.way(now), await browser.session(now), await authenticator.code(now));
    expect(await createdAt()).toEqual(began);
  });
});
