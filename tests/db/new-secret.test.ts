import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as account from '#lib/server/accounts/account-service.ts';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import * as answers from '#lib/server/answers/service.ts';
import { startApp, type App } from '#lib/server/app.ts';
import { signInToken } from '#lib/server/auth/auth.ts';
import * as secondFactor from '#lib/server/auth/second-factor-service.ts';
import { sealToken, unsealToken } from '#lib/server/ids.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import type { UserActor } from '#lib/permissions.ts';
import { cookieJar } from '../support/cookie-jar.ts';
import * as make from '../support/factories.ts';
import { SigningIn } from '../support/signing-in.ts';

/** What ends and what goes on when the operator puts another SECRET in its place, as docs/operations.md says. */

const PASSWORD = 'vier kale bomen in november';
const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code }) as unknown;

let dataDir: string;
let app: App;
let trainer: UserActor;
let email: string;
let browser: SigningIn;

/** The server as it starts on the same folder with this SECRET. */
const startWith = (secret: string) =>
  startApp({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', SECRET: secret.repeat(40) }, { authPlugins: [cookieJar()] });
const restartWith = async (secret: string) => {
  await app.close();
  app = await startWith(secret);
};

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'drieluik-secret-'));
  app = await startWith('a');
  trainer = await make.makeTrainer(app.db);
  ({ email } = await app.db
    .selectFrom('user')
    .select('email')
    .where('id', '=', trainer.userId)
    .executeTakeFirstOrThrow());
  browser = new SigningIn(app);
  await browser.withLink(email);
  await browser.setUpFactor();
});
afterEach(async () => {
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a new SECRET', () => {
  it('ends every session, and every link to sign in that was not used yet', async () => {
    const before = await signInToken(app.auth, email);
    expect(await browser.who()).toMatchObject({ session: { userId: trainer.userId } });
    await restartWith('b');
    const again = new SigningIn(app);
    again.headers = browser.headers;
    expect(await again.who()).toMatchObject({ session: null });
    const fresh = new SigningIn(app);
    await expect(signIn.withLink(app.db, await fresh.way(), before)).rejects.toEqual(refused('sign_in_link_used'));
    await fresh.withLink(email);
    expect(await fresh.session()).toMatchObject({ userId: trainer.userId });
  });

  it('ends second factors and recovery codes, and lets them be set up again', async () => {
    expect(await secondFactor.recoveryCodesLeft(app.db, app.config, trainer.userId)).toBeGreaterThan(0);
    await restartWith('b');
    expect(await secondFactor.recoveryCodesLeft(app.db, app.config, trainer.userId)).toBeNull();
    const fresh = new SigningIn(app);
    await fresh.withLink(email);
    expect(await fresh.session()).toMatchObject({ standing: 'half' });
    await fresh.setUpFactor();
    expect(await fresh.session()).toMatchObject({ standing: 'staff' });
  });

  it('ends personal links and open forms; the link that is made then opens the same answers', async () => {
    const cohort = await make.makeCohort(app.db, { trainer, secret: app.config.secret });
    await make.addSeries(app.db, cohort);
    const rater = make.inRole((await make.openRound(app.db, cohort)).invited, 'teacher');
    const entered = await make.enter(app.db, rater);
    await make.answerOne(app.db, entered);
    const cookie = sealToken(app.config.secret, entered.sessionToken);
    await restartWith('b');
    const { secret, publicUrl } = app.config;
    expect(unsealToken(secret, cookie)).toBeUndefined();
    await expect(invitations.follow(app.db, secret, rater.token)).rejects.toEqual(refused('link_unknown'));
    const link = await invitations.copyLink(app.db, cohort.trainer, { secret, publicUrl }, rater.invitationId);
    const { form } = await make.enter(app.db, { secret, token: link.split('/f/')[1] ?? '' });
    expect((await answers.load(app.db, form)).aspects['C1.01']).toMatchObject({ score: 4 });
  });

  it('leaves passwords as they are: they are no secret of the server', async () => {
    await account.setPassword(app.db, await browser.session(), PASSWORD, new Date());
    await restartWith('b');
    const fresh = new SigningIn(app);
    await signIn.withPassword(app.db, await fresh.way(), email, PASSWORD);
    fresh.keepNewest();
    expect(await fresh.session()).toMatchObject({ userId: trainer.userId, standing: 'half' });
  });

  it('that is taken back lets what was not replaced meanwhile work again', async () => {
    const before = await signInToken(app.auth, email);
    await restartWith('b');
    await restartWith('a');
    const fresh = new SigningIn(app);
    await signIn.withLink(app.db, await fresh.way(), before);
    fresh.keepNewest();
    expect(await fresh.session()).toMatchObject({ userId: trainer.userId });
  });
});
