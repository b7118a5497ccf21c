import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as account from '#lib/server/accounts/account-service.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import type { App } from '#lib/server/app.ts';
import { mailedSignInLink } from '#lib/server/auth/auth.ts';
import { hashToken } from '#lib/server/ids.ts';
import { testApp } from '../support/database.ts';
import { demoTrainer, loadDemo } from '../support/demo.ts';
import * as make from '../support/factories.ts';
import { SigningIn } from '../support/signing-in.ts';

let app: App;
let browser: SigningIn;
let trainer: UserActor;
let email: string;
beforeEach(async () => {
  app = await testApp();
  browser = new SigningIn(app);
  trainer = await make.makeTrainer(app.db);
  email = await emailOf(trainer.userId);
});

const emailOf = async (id: string) =>
  (await app.db.selectFrom('user').select('email').where('id', '=', id).executeTakeFirstOrThrow()).email;
const mails = () => app.db.selectFrom('mail').select(['template', 'user_id']).execute();
const logged = async (action: string) =>
  app.db.selectFrom('audit_event').selectAll().where('action', '=', action).execute();
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
/** Six digits that are not of this moment nor its neighbours, as good as certainly. */
const wrongCode = (right: string) =>
  `${right.slice(0, 3)} ${String((Number(right.slice(3)) + 500) % 1000).padStart(3, '0')}`;
const refusedAs = (code: string) => expect.objectContaining({ code }) as unknown;

describe('a link that is asked for', () => {
  const ask = (address: string, now = new Date()) => signIn.requestLink(app.db, app.config, address, now);

  it('is mailed to an account with a role, however the address is typed', async () => {
    await ask(` ${email.toUpperCase()} `);
    expect(await mails()).toEqual([{ template: 'sign_in', user_id: trainer.userId }]);
  });

  it('makes the account of an IB’er and a director, tied to the person, and none of a teacher', async () => {
    const cohort = await make.makeCohort(app.db, { trainer });
    await make.addSeries(app.db, cohort);
    const people = await app.db
      .selectFrom('team_member')
      .innerJoin('person', 'person.id', 'team_member.person_id')
      .select(['role', 'email', 'person.id'])
      .execute();
    const inRole = (role: string) => people.find((person) => person.role === role);
    for (const role of ['ib', 'director', 'teacher']) await ask(inRole(role)?.email ?? '');
    expect(await mails()).toHaveLength(2);
    expect(
      await app.db
        .selectFrom('user')
        .select('id')
        .where('email', '=', inRole('teacher')?.email ?? '')
        .execute(),
    ).toEqual([]);
    const ib = new SigningIn(app);
    await ib.withLink(inRole('ib')?.email ?? '');
    expect((await ib.who()).actor).toMatchObject({ personId: inRole('ib')?.id, admin: false, cohortIds: [] });
  });

  it('is answered alike for an address that nobody has, and nothing is mailed', async () => {
    await expect(ask('niemand@elders.example')).resolves.toBeUndefined();
    expect(await mails()).toEqual([]);
  });

  it('is refused after five in half an hour, known or not', async () => {
    for (const address of [email, 'niemand@elders.example']) {
      for (let asked = 0; asked < 5; asked += 1) await ask(address);
      await expect(ask(address)).rejects.toEqual(refusedAs('too_many_attempts'));
      await expect(ask(address, later(31))).resolves.toBeUndefined();
    }
  });

  it('is good for half an hour once it is mailed', async () => {
    await mailedSignInLink(app.auth, app.config.publicUrl, email);
    const { expires_at } = await app.db.selectFrom('verification').select('expires_at').executeTakeFirstOrThrow();
    const minutes = (Date.parse(expires_at) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(29);
    expect(minutes).toBeLessThanOrEqual(30);
  });
});

describe('a half session', () => {
  it('stands for nobody until the second factor is given, and goes on under a new token then', async () => {
    await browser.withLink(email);
    const half = browser.keepNewest();
    expect(await browser.who()).toMatchObject({ session: { standing: 'half' }, actor: null });
    await browser.setUpFactor();
    expect(browser.keepNewest()).not.toBe(half);
    expect(await browser.who()).toMatchObject({ session: { standing: 'staff' }, actor: { userId: trainer.userId } });
    expect(await app.db.selectFrom('session').select('id').where('token', '=', hashToken(half)).execute()).toEqual([]);
  });

  it('cannot exchange a second factor that is in use', async () => {
    await browser.withLink(email);
    await browser.setUpFactor();
    const thief = new SigningIn(app);
    await thief.withLink(email);
    const stolen = await thief.session();
    const way = await thief.way();
    await expect(signIn.beginFactor(app.db, way, stolen)).rejects.toEqual(refusedAs('forbidden'));
    await expect(signIn.withNewFactor(app.db, way, stolen, '000000')).rejects.toEqual(refusedAs('forbidden'));
    await expect(account.setPassword(app.db, stolen, 'vier kale bomen in november', new Date())).rejects.toEqual(
      refusedAs('forbidden'),
    );
    expect((await thief.who()).actor).toBeNull();
  });

  it('lasts half an hour', async () => {
    await browser.withLink(email);
    expect((await browser.who(later(29))).session).not.toBeNull();
    expect((await browser.who(later(60))).session).toBeNull();
    expect(await app.db.selectFrom('session').select('id').execute()).toEqual([]);
  });

  it('is what a whole one becomes when its account gets a role', async () => {
    const cohort = await make.makeCohort(app.db, { trainer });
    await make.addSeries(app.db, cohort);
    const { email: address } = await app.db
      .selectFrom('person')
      .select('email')
      .where('email', 'like', 'ib%')
      .executeTakeFirstOrThrow();
    await signIn.requestLink(app.db, app.config, address ?? '', new Date());
    await browser.withLink(address ?? '');
    const { actor } = await browser.who();
    expect(actor).not.toBeNull();
    const role = { role: 'trainer', cohortId: null, programmeId: null } as const;
    await accounts.grant(app.db, { kind: 'operator' }, actor?.userId ?? '', role);
    expect(await browser.who()).toMatchObject({ session: { standing: 'half' }, actor: null });
  });
});

it('accounts of the demonstration are asked for no second factor: they are nobody’s', async () => {
  const other = await testApp();
  await loadDemo(other.db);
  const demo = new SigningIn(other);
  const { userId } = await demoTrainer(other.db);
  const user = other.db.selectFrom('user').select('email').where('id', '=', userId);
  await demo.withLink((await user.executeTakeFirstOrThrow()).email);
  expect(await demo.who()).toMatchObject({ session: { standing: 'person' }, actor: { userId } });
});

describe('a code', () => {
  it('works once', async () => {
    await browser.withLink(email);
    const { app: phone } = await browser.setUpFactor();
    const code = await phone.code();
    const [one, two] = [new SigningIn(app), new SigningIn(app)];
    await one.withLink(email);
    await signIn.withCode(app.db, await one.way(), await one.session(), code);
    await two.withLink(email);
    await expect(signIn.withCode(app.db, await two.way(), await two.session(), code)).rejects.toEqual(
      refusedAs('code_wrong'),
    );
  });

  it('is refused after five wrong ones, the right one too, for a quarter of an hour; the log says so', async () => {
    await browser.withLink(email);
    const { app: phone } = await browser.setUpFactor();
    const other = new SigningIn(app);
    await other.withLink(email);
    const give = async (code: string, now = new Date()) =>
      signIn.withCode(app.db, { ...(await other.way()), now }, await other.session(), code);
    const wrong = wrongCode(await phone.code());
    for (const part of ['', '12345', '1234567', 'abcdef'])
      await expect(give(part)).rejects.toEqual(refusedAs('code_incomplete')); // not counted
    for (let tried = 0; tried < 5; tried += 1) await expect(give(wrong)).rejects.toEqual(refusedAs('code_wrong'));
    await expect(give(await phone.code())).rejects.toEqual(refusedAs('too_many_attempts'));
    expect(await logged('second_factor.refused')).toHaveLength(4);
    expect(await logged('second_factor.locked')).toMatchObject([{ actor: 'visitor', object_id: trainer.userId }]);
    await expect(give(await phone.code(later(16)), later(16))).resolves.toBeUndefined();
  });

  it('of a recovery list opens the account once, and says how many are left', async () => {
    await browser.withLink(email);
    const { codes } = await browser.setUpFactor();
    const code = codes[0] ?? '';
    const other = new SigningIn(app);
    await other.withLink(email);
    const typed = code.toUpperCase().replace('-', ' ');
    expect(await signIn.withRecoveryCode(app.db, await other.way(), await other.session(), typed)).toBe(9);
    other.keepNewest();
    expect((await other.who()).actor).not.toBeNull();
    const third = new SigningIn(app);
    await third.withLink(email);
    await expect(signIn.withRecoveryCode(app.db, await third.way(), await third.session(), code)).rejects.toEqual(
      refusedAs('recovery_code_wrong'),
    );
    const { backup_codes } = await app.db.selectFrom('two_factor').select('backup_codes').executeTakeFirstOrThrow();
    expect(backup_codes).not.toContain(codes[1]);
  });
});

describe('a password', () => {
  const password = 'vier kale bomen in november';
  const enter = async (given: string, address = email) =>
    signIn.withPassword(app.db, await new SigningIn(app).way(), address, given);

  it('is set by somebody who has just given the second factor, and is the first step only', async () => {
    await browser.withLink(email);
    await browser.setUpFactor();
    const session = await browser.session();
    await expect(account.setPassword(app.db, session, password, later(11))).rejects.toEqual(refusedAs('forbidden'));
    await account.setPassword(app.db, session, password, new Date());
    await enter(password);
    browser.keepNewest();
    expect(await browser.who()).toMatchObject({ session: { standing: 'half' }, actor: null });
  });

  it('is not set, nor are recovery codes renewed, by somebody whose roles were just taken', async () => {
    await browser.withLink(email);
    await browser.setUpFactor();
    await app.db.deleteFrom('role_grant').where('user_id', '=', trainer.userId).execute();
    const former = await browser.session();
    expect(former).toMatchObject({ standing: 'none' });
    const now = new Date();
    await expect(account.setPassword(app.db, former, password, now)).rejects.toEqual(refusedAs('forbidden'));
    await expect(account.renewRecoveryCodes(app.db, app.config, former, now)).rejects.toEqual(refusedAs('forbidden'));
  });

  it('is refused alike for a wrong one, an account without one and an address nobody has, and logged without any', async () => {
    for (const address of [email, 'niemand@elders.example']) {
      await expect(enter('geen idee wat het was', address)).rejects.toEqual(refusedAs('password_wrong'));
    }
    const events = await logged('sign_in.refused');
    expect(events.map(({ object_id }) => object_id)).toEqual([trainer.userId, '']);
    expect(JSON.stringify(events)).not.toContain('@');
  });

  it('is refused after ten tries in a quarter of an hour, whoever asks', async () => {
    for (let tried = 0; tried < 10; tried += 1) await enter('geen idee wat het was').catch(() => null);
    await expect(enter('geen idee wat het was')).rejects.toEqual(refusedAs('too_many_attempts'));
  }, 20_000);
});

it('a client is refused after fifty links that are none, and others are not', async () => {
  const guess = async () => signIn.withLink(app.db, await browser.way(), 'geen-link');
  for (let tried = 0; tried < 50; tried += 1) await expect(guess()).rejects.toEqual(refusedAs('sign_in_link_used'));
  await expect(guess()).rejects.toEqual(refusedAs('too_many_attempts'));
  browser.client = '192.0.2.2';
  await expect(browser.withLink(email)).resolves.toBeUndefined();
});
