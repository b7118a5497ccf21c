import type { Email } from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { enqueue, type NewMail } from '#lib/server/mail/outbox-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { arrived, PUBLIC_URL, senderTo } from '../support/outbox.ts';
import { mailServer } from '../support/smtp.ts';

let db: Db;
let admin: UserActor;
let bram: { id: string; email: string };
beforeEach(async () => {
  db = await testDatabase();
  admin = await make.makeTrainer(db, { admin: true });
  await db.updateTable('user').set({ name: 'Ria Bakker' }).where('id', '=', admin.userId).execute();
  bram = await accounts.ensureUser(db, admin, { name: 'Bram', email: 'bram@voorbeeld.example' });
});

const cohort = async () => (await make.makeCohort(db, { name: 'Cohort Oost' })).id;
const grant = (role: 'admin' | 'trainer', cohortId: string | null = null) =>
  accounts.grant(db, admin, bram.id, { role, cohortId, programmeId: null });
const asked = (template: NewMail['template'], about: Record<string, string>) => ({
  ...{ template, to: { userId: bram.id }, about: { by: admin.userId, ...about }, roundId: null },
});
const send = (template: NewMail['template'], about: Record<string, string> = {}) =>
  arrived(db, '', asked(template, about));

/** The words of a mail in both of its forms, each with its lines run together. */
function forms(email: Email | undefined): string[] {
  const flat = (words: string | undefined) => (words ?? '').replace(/&#39;/g, "'").replace(/[ \r\n]+/g, ' ');
  return [flat(email?.text), flat(email?.html)];
}

describe.each(['nl', 'en'] as const)('in %s', (language) => {
  const words = {
    nl: {
      trainer: 'Trainer van Cohort Oost',
      by: 'door Ria Bakker',
      someone: 'door een beheerder',
      self: 'door jouzelf',
      purpose: 'niet om te beoordelen',
      once: 'een half uur geldig',
      forward: 'Stuur de mail nooit door',
      none: 'geen rol meer',
      school: 'Wat je bij een school bent, blijft zo',
      changes: {
        password: ['nieuw wachtwoord', 'niet zelf gedaan'],
        second_step: ['tweede stap', 'niet om gevraagd'],
        roles: ['je rollen in Drieluik veranderd', 'Klopt dit niet'],
        access: ['al je rollen', 'Klopt dit niet'],
        sessions: ['op al je apparaten uitgelogd', 'Vraag het een beheerder'],
      },
    },
    en: {
      trainer: 'Trainer of Cohort Oost',
      by: 'by Ria Bakker',
      someone: 'by an administrator',
      self: 'by yourself',
      purpose: 'never an appraisal',
      once: 'half an hour',
      forward: 'Never forward the mail',
      none: 'no role in Drieluik any more',
      school: 'What you are at a school stays',
      changes: {
        password: ['new password', 'not do this yourself'],
        second_step: ['second step', 'not ask for this'],
        roles: ['roles in Drieluik were changed', 'Is this not right'],
        access: ['all your roles', 'Is this not right'],
        sessions: ['signed out on all your devices', 'Ask an administrator'],
      },
    },
  }[language];

  beforeEach(async () => {
    await db.updateTable('user').set({ language }).execute();
  });

  it('whoever is added reads by whom, what Drieluik is, what one is in it, and gets a link of that moment', async () => {
    await grant('trainer', await cohort());
    const [email, ...others] = await send('account_added');
    expect(others).toEqual([]);
    expect(email?.to).toEqual([{ name: 'Bram', address: bram.email }]);
    for (const form of forms(email)) {
      for (const said of [words.by, words.purpose, words.trainer, words.once, words.forward])
        expect(form).toContain(said);
      expect(form).toMatch(new RegExp(`${PUBLIC_URL}/sign-in/\\S{20,}`));
    }
    const token = /sign-in\/(\S{20,})/.exec(email?.text ?? '')?.[1] ?? 'none';
    expect(JSON.stringify(await db.selectFrom('mail').selectAll().execute())).not.toContain(token);
  });

  it.each(['password', 'second_step', 'roles', 'access', 'sessions'] as const)(
    'a change of %s is told with the moment and what to do, without a secret or somebody’s address',
    async (change) => {
      await grant('trainer', await cohort());
      const [email] = await send('account_changed', { change });
      for (const form of forms(email)) {
        for (const said of words.changes[change]) expect(form).toContain(said);
        if (change !== 'password') expect(form).toContain(words.by);
        expect(form).toMatch(/\d{2}[-/]\d{2}[-/]\d{4} \d{2}:\d{2}/);
        expect(form).toContain(`${PUBLIC_URL}/account`);
        expect(form).not.toContain('/sign-in/');
        expect(form).not.toMatch(/@(?!media|import)/);
      }
      expect(forms(email)[0]?.includes(words.trainer)).toBe(change === 'roles');
    },
  );

  it('says "an administrator" of the operator and of who has an address for a name, and "yourself" of the owner', async () => {
    await grant('trainer');
    const told = async (by: string) => (await send('account_changed', { change: 'roles', by }))[0]?.text;
    expect(await told('nobody')).toContain(words.someone);
    const { email } = await db
      .selectFrom('user')
      .select('email')
      .where('id', '=', admin.userId)
      .executeTakeFirstOrThrow();
    await db.updateTable('user').set({ name: email }).where('id', '=', admin.userId).execute();
    expect(await told(admin.userId)).toContain(words.someone);
    expect(await told(bram.id)).toContain(words.self);
  });

  it('tells whoever has no role left so, and offers no way in that is closed', async () => {
    for (const change of ['roles', 'access'] as const) {
      const [email] = await send('account_changed', { change });
      expect(email?.text).not.toContain('/account');
      expect(email?.text?.includes(words.none)).toBe(change === 'roles');
      expect(email?.text).not.toContain(words.school);
    }
  });

  it('tells an IB’er whose roles were taken away that the school stays', async () => {
    await make.addSeries(db, await make.makeCohort(db));
    const { person_id: ib } = await db
      .selectFrom('team_member')
      .select('person_id')
      .where('role', '=', 'ib')
      .executeTakeFirstOrThrow();
    await db.updateTable('person').set({ user_id: bram.id, language }).where('id', '=', ib).execute();
    const [email] = await send('account_changed', { change: 'access' });
    expect(email?.text).toContain(words.school);
  });
});

describe('mail to an account', () => {
  const statuses = async () => (await db.selectFrom('mail').select('status').execute()).map(({ status }) => status);

  it('does not welcome who has signed in meanwhile, or lost every role', async () => {
    expect(await send('account_added')).toEqual([]);
    await grant('trainer');
    await enqueue(db, { ...asked('account_added', {}), onceKey: 'test:late' }, new Date());
    const by = { kind: 'user', userId: bram.id } as const;
    await audit.record(db, by, 'sign_in.first_step', { type: 'user', id: bram.id }, { by: 'link' });
    expect(await arrived(db, '')).toEqual([]);
    expect(await statuses()).toEqual(['dropped', 'dropped']);
  });

  it.each(['account_added', 'account_changed'] as const)('of the kind %s is dropped after a week', async (template) => {
    await grant('trainer');
    const about = { change: 'password' };
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    await enqueue(db, { ...asked(template, about), onceKey: 'test:old' }, daysAgo(8));
    await enqueue(db, { ...asked(template, about), onceKey: 'test:new' }, daysAgo(6));
    const server = await mailServer();
    await senderTo(db, server.url).run();
    expect(server.accepted).toHaveLength(1);
    expect(await statuses()).toEqual(['dropped', 'sent']);
  });
});
