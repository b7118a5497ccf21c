import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as account from '#lib/server/accounts/account-service.ts';
import type { App } from '#lib/server/app.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { cookieOf } from '../support/session.ts';
import { SigningIn } from '../support/signing-in.ts';

let app: App;
let browser: SigningIn;
let trainer: UserActor;
let email: string;
beforeEach(async () => {
  app = await testApp();
  browser = new SigningIn(app);
  trainer = await make.makeTrainer(app.db);
  const user = app.db.selectFrom('user').select('email').where('id', '=', trainer.userId);
  email = (await user.executeTakeFirstOrThrow()).email;
});

const logged = async (action: string) =>
  app.db.selectFrom('audit_event').selectAll().where('action', '=', action).execute();
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const refusedAs = (code: string) => expect.objectContaining({ code }) as unknown;

describe('the own sessions', () => {
  it('are listed and ended one by one, and no others', async () => {
    await browser.withLink(email);
    await browser.setUpFactor();
    const phone = new SigningIn(app);
    await phone.withLink(email);
    const [mine, other] = [await browser.session(), await phone.session()];
    const { actor } = await browser.who();
    const shown = await account.get(app.db, app.config, actor ?? trainer, mine, new Date());
    expect(shown).toMatchObject({ email, guard: { hasPassword: false, recoveryCodesLeft: 10 } });
    expect(shown.sessions.map(({ id, isThis }) => [id, isThis]).toSorted()).toEqual(
      [
        [mine.id, true],
        [other.id, false],
      ].toSorted(),
    );
    const stranger = { ...mine, userId: 'somebody else' };
    await expect(account.endSession(app.db, stranger, other.id)).rejects.toEqual(refusedAs('not_found'));
    await account.endSession(app.db, mine, other.id);
    expect((await phone.who()).session).toBeNull();
    expect((await browser.who()).actor).not.toBeNull();
  });

  it('are nobody’s once their outermost limit is past, with a signature that is not ours, or with what is stored', async () => {
    await browser.withLink(email);
    expect((await browser.who()).session).not.toBeNull();
    const cookie = browser.headers.get('cookie') ?? '';
    const [, token = '', first = ''] = /=([^.]+)\.(.)/.exec(cookie) ?? [];
    expect(cookieOf(token, app.config.secret)).toBe(cookie); // as the library signs: what follows is refused for another reason
    const whose = async (sent: string) => {
      const forger = new SigningIn(app);
      forger.headers = new Headers({ cookie: sent });
      return (await forger.who()).session;
    };
    expect(await whose(cookie)).not.toBeNull();
    expect(await whose(cookie.replace(`${token}.${first}`, `${token}.${first === 'A' ? 'B' : 'A'}`))).toBeNull();
    const stored = await app.db.selectFrom('session').select('token').executeTakeFirstOrThrow();
    expect(await whose(cookieOf(stored.token, app.config.secret))).toBeNull();

    await app.db
      .updateTable('session')
      .set({ expires_at: later(-1).toISOString() })
      .execute();
    expect(await whose(cookie)).toBeNull();
  });

  it('end everywhere at once', async () => {
    await browser.withLink(email);
    await browser.setUpFactor();
    await account.endAllSessions(app.db, await browser.session());
    expect((await browser.who()).session).toBeNull();
    expect(await logged('session.all_ended')).toHaveLength(1);
  });

  it('of staff end after two hours without use, by the server, and live on when they are used', async () => {
    await browser.withLink(email);
    await browser.setUpFactor();
    expect((await browser.who(later(100))).actor).not.toBeNull();
    expect((await browser.who(later(200))).actor).not.toBeNull();
    expect((await browser.who(later(321))).actor).toBeNull();
  });

  it('of whoever lost every role last no longer than those of staff', async () => {
    await browser.withLink(email);
    await browser.setUpFactor();
    await app.db.deleteFrom('role_grant').where('user_id', '=', trainer.userId).execute();
    expect((await browser.who(later(100), false)).session).not.toBeNull();
    expect((await browser.who(later(130), false)).session).toBeNull();
  });

  it('are not kept alive by a page that asks for news by itself', async () => {
    await browser.withLink(email);
    await browser.setUpFactor();
    expect((await browser.who(later(100), false)).actor).not.toBeNull();
    expect((await browser.who(later(130))).actor).toBeNull();
  });
});
