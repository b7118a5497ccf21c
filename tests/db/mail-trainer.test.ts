import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { enqueue, type NewMail } from '#lib/server/mail/outbox-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { arrived, senderTo, type Asked } from '../support/outbox.ts';
import { header, mailServer } from '../support/smtp.ts';

let db: Db;
let cohort: make.TestCohort;
let round: make.TestRound;
let person: make.Invited;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db, { name: 'Cohort Oost' });
  await make.addSeries(db, cohort);
  round = await make.openRound(db, cohort);
  person = make.inRole(round.invited, 'teacher');
});

const addressOf = async ({ userId }: UserActor) =>
  (await db.selectFrom('user').select('email').where('id', '=', userId).executeTakeFirstOrThrow()).email;
const rename = (values: { name?: string; email?: string }, { userId } = cohort.trainer) =>
  db.updateTable('user').set(values).where('id', '=', userId).execute();

/** An invitation, and where an answer to it goes. */
async function invitationNow() {
  const [email] = await arrived(db, round.id, { template: 'invitation', to: { personId: person.personId } });
  const flat = (words = '') => words.replace(/\s+/g, ' ');
  return { email, text: flat(email?.text), html: flat(email?.html), replyTo: email?.replyTo ?? [] };
}

let counter = 0;
const summary = (to: { userId: string }): NewMail => ({
  ...{ template: 'trainer_summary', to, about: { kind: 'opened' }, roundId: round.id, onceKey: `sum:${++counter}` },
});

/** Another trainer of the same cohort, from after the first. */
async function secondTrainer(): Promise<UserActor> {
  const { userId, name } = await make.makeTrainer(db);
  const at = { role: 'trainer', cohortId: cohort.id, programmeId: null } as const;
  await accounts.grant(db, { kind: 'operator' }, userId, at);
  return accounts.actorOf(db, { id: userId, name });
}

describe('a mail about a cohort', () => {
  it('names the trainer, is signed by the trainer, and answers go to the trainer', async () => {
    await rename({ name: 'Ria Bakker', email: 'ria@swv.example' });
    const { text, html, replyTo } = await invitationNow();
    expect(replyTo).toEqual([{ name: 'Ria Bakker', address: 'ria@swv.example' }]);
    for (const form of [text, html]) {
      expect(form).toContain('Deze mail komt van Ria Bakker, trainer van Cohort Oost.');
      expect(form).toMatch(/Groet,(<br>| )Ria Bakker(<br>| )trainer van Cohort Oost/);
      expect(form).toContain('Je antwoord gaat naar Ria Bakker. Haal eerst je persoonlijke link eruit.');
    }
  });

  it.each([
    [
      'a line that looks like a header',
      'Ria\r\nBcc: ander@school.example\r\n\r\nDag',
      'Ria Bcc: ander@school.example Dag',
    ],
    ['other line breaks', 'Ria\u2028Bakker\u0085\u2029de Wit\u0000', 'Ria Bakker de Wit'],
    [
      'signs that have a meaning in addresses',
      '"Ria", Bakker <x@y.example>; (ik)',
      '"Ria", Bakker <x@y.example>; (ik)',
    ],
    ['letters from elsewhere', 'Şükran Łukasiewicz 学 😀', 'Şükran Łukasiewicz 学 😀'],
    ['a name without end', 'R'.repeat(400), 'R'.repeat(400)],
  ])('carries %s of the trainer’s name into no header of its own', async (_, name, shown) => {
    await rename({ name, email: 'ria@swv.example' });
    const { email, replyTo } = await invitationNow();
    expect(replyTo).toEqual([{ name: shown, address: 'ria@swv.example' }]);
    const keys = email?.headers.map(({ key }) => key) ?? [];
    expect(keys).not.toContain('bcc');
    expect(keys.filter((key) => key === 'reply-to')).toHaveLength(1);
    expect(email?.to).toHaveLength(1);
  });

  it('is of who opened the round, also where another is trainer of the cohort for longer', async () => {
    const second = await secondTrainer();
    expect((await invitationNow()).replyTo[0]?.address).toBe(await addressOf(cohort.trainer));
    await rounds.close(db, second, round.id);
    await rounds.reopen(db, second, make.SECRET, round.id, '2099-12-11');
    expect((await invitationNow()).replyTo[0]?.address).toBe(await addressOf(second));
  });

  it('never leads to somebody whose right to the cohort was taken, or to an address that was changed', async () => {
    const second = await secondTrainer();
    await rename({ email: 'nieuw@swv.example' });
    expect((await invitationNow()).replyTo[0]?.address).toBe('nieuw@swv.example');
    const own = db.deleteFrom('role_grant').where('user_id', '=', cohort.trainer.userId);
    await own.where('cohort_id', '=', cohort.id).execute();
    expect((await invitationNow()).replyTo[0]?.address).toBe(await addressOf(second));
    await db.deleteFrom('role_grant').where('cohort_id', '=', cohort.id).execute();
    const { replyTo, text, email } = await invitationNow();
    expect(replyTo).toEqual([]);
    expect(header(email, 'reply-to')).toBeUndefined();
    expect(text).toContain('Deze mail komt van de trainer van Cohort Oost.');
    expect(text).not.toContain('Groet');
  });

  it('that sums up a round counts what failed to those who are still asked, as its page does', async () => {
    const to = { userId: cohort.trainer.userId };
    const failing = db.updateTable('mail').set({ status: 'failed', fault: 'address_refused 550' });
    const sumUp = async () => {
      await enqueue(db, summary(to), new Date());
      const server = await mailServer();
      await senderTo(db, server.url).run();
      return server.accepted.map(({ text }) => text ?? '').find((text) => text.includes('niet verstuurd')) ?? '';
    };
    const teachers = round.invited.filter(({ role }) => role === 'teacher').map(({ personId }) => personId);
    await failing.where('person_id', 'in', teachers.slice(0, 2)).execute();
    expect(await sumUp()).toContain('konden worden: 2.');
    const gone = db.updateTable('invitation').set({ withdrawn_at: new Date().toISOString() });
    await gone.where('person_id', '=', teachers[0] ?? '').execute();
    expect(await sumUp()).toContain('konden worden: 1.');
  });

  it('that sums up a round goes only to who is its trainer as it is sent', async () => {
    const about = { kind: 'opened' };
    const second = await secondTrainer();
    const told = () => {
      const summaries = [cohort.trainer, second].map(({ userId }): Asked => ({
        template: 'trainer_summary',
        to: { userId },
        about,
      }));
      return arrived(db, round.id, ...summaries);
    };
    expect(await told()).toHaveLength(2);
    await make.makeCohort(db, { trainer: second }); // a trainer still, elsewhere
    const ofCohort = db.deleteFrom('role_grant').where('cohort_id', '=', cohort.id);
    await ofCohort.where('user_id', '=', second.userId).execute();
    expect((await told()).map(({ to }) => to?.[0]?.address)).toEqual([await addressOf(cohort.trainer)]);
  });

  it('that leads to submitted answers asks not to be answered: the answer would carry the link along', async () => {
    await rename({ name: 'Ria Bakker', email: 'ria@swv.example' });
    await make.fillAndSubmit(db, person);
    const about = { invitation: person.invitationId };
    const [email] = await arrived(db, round.id, { template: 'receipt', to: { personId: person.personId }, about });
    expect(email?.replyTo ?? []).toEqual([]);
    expect(email?.text?.replace(/\s+/g, ' ')).toContain('Stuur Ria Bakker een nieuwe mail: ria@swv.example.');
  });

  it('has the same trainer whatever it is about, and none where it is about an account', async () => {
    await rename({ name: 'Ria Bakker', email: 'ria@swv.example' });
    const { id: series } = await db.selectFrom('series').select('id').executeTakeFirstOrThrow();
    const to = { address: 'oud@school.example', language: 'nl' } as const;
    const about = { invitation: person.invitationId };
    const ofCohort: Asked[] = [
      { template: 'reminder', to: { personId: person.personId } },
      { template: 'replacement', to: { personId: person.personId }, about },
      { template: 'address_replaced', to, about },
      { template: 'address_replaced', to, about: { series }, roundId: null },
    ];
    for (const mail of ofCohort) {
      const [email] = await arrived(db, round.id, mail);
      expect(email?.replyTo).toEqual([{ name: 'Ria Bakker', address: 'ria@swv.example' }]);
      expect(email?.text).toContain('Ria Bakker');
    }
    const own = { userId: cohort.trainer.userId };
    for (const template of ['test', 'sign_in'] as const) {
      const [email] = await arrived(db, round.id, { template, to: own, roundId: null });
      expect(email?.replyTo ?? []).toEqual([]);
    }
  });
});
