import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import * as feedback from '#lib/server/hand-ins/feedback-service.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import { enqueue, enqueueAll, type MailTemplate, type NewMail } from '#lib/server/mail/outbox-service.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { addAssignment } from '../support/assignments.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { emptyOutbox, senderTo } from '../support/outbox.ts';
import { openRegistration, register, school } from '../support/registering.ts';
import { mailServer } from '../support/smtp.ts';

let db: Db;
let cohort: make.TestCohort;
let round: make.TestRound;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort);
  round = await make.openRound(db, cohort);
  await emptyOutbox(db);
});

const mark = (kind: 'cohort' | 'user', id: string) =>
  db.insertInto('demonstration').values({ kind, object_id: id }).execute();
const rows = () => db.selectFrom('mail').select(['template', 'status', 'fault']).execute();

/** Sends what waits. @returns to whom something went */
async function sendTo(): Promise<string[]> {
  const server = await mailServer();
  await senderTo(db, server.url).run();
  return server.addresses;
}

/** A mail of this kind that has all it needs to go out. */
async function complete(template: MailTemplate): Promise<NewMail> {
  const { id: series } = await db.selectFrom('series').select('id').executeTakeFirstOrThrow();
  const person = make.inRole(round.invited, 'ib');
  const { personId, invitationId: invitation } = person;
  const to = { personId };
  const ofRound = { template, to, about: {}, roundId: round.id, onceKey: `test:${template}` };
  switch (template) {
    case 'invitation':
    case 'reminder':
      return ofRound;
    case 'replacement':
      return { ...ofRound, about: { invitation } };
    case 'address_replaced':
      return { ...ofRound, to: { address: 'oud@elders.nl', language: 'nl' }, about: { series }, roundId: null };
    case 'receipt':
      await make.fillAndSubmit(db, person);
      return { ...ofRound, about: { invitation } };
    case 'report_released': {
      for (const each of round.invited) await make.fillAndSubmit(db, each);
      await rounds.close(db, cohort.trainer, round.id);
      const { id } = await db.selectFrom('school_round').select('id').executeTakeFirstOrThrow();
      await rounds.release(db, cohort.trainer, round.id, [id]);
      return { ...ofRound, about: { schoolRound: id } };
    }
    case 'feedback_given': {
      const assignmentId = await addAssignment(db, cohort.id, { dueOn: '2027-02-04' });
      const handIn = await handIns.fillIn(db, assignmentId, personId, 'Wat ik deed.', new Date());
      const at = { cohortId: cohort.id, assignmentId, personId };
      const { seen } = await feedback.openWork(db, cohort.trainer, at);
      await feedback.giveFeedback(db, cohort.trainer, at, seen, 'Mooi.', new Date());
      return { ...ofRound, about: { handIn }, roundId: null };
    }
    case 'trainer_summary':
      return { ...ofRound, to: { userId: cohort.trainer.userId }, about: { kind: 'opened' } };
    case 'registration': {
      const { id } = await register(db, cohort, await openRegistration(db, cohort), school('De Linde'));
      const about = { registration: id, kind: 'received' };
      return { ...ofRound, to: { address: 'ib@de-linde.example', language: 'nl' }, about, roundId: null };
    }
    case 'account_changed':
      return { ...ofRound, to: { userId: cohort.trainer.userId }, about: { change: 'password' }, roundId: null };
    case 'sign_in':
    case 'account_added':
    case 'test':
      return { ...ofRound, to: { userId: cohort.trainer.userId }, roundId: null };
  }
}

describe.each([
  'invitation',
  'reminder',
  'replacement',
  'address_replaced',
  'receipt',
  'report_released',
  'feedback_given',
  'trainer_summary',
  'registration',
] as const)('of an invented cohort, mail of the kind %s', (template) => {
  it('is not asked for, and is dropped with the reason where it waits, whatever its address', async () => {
    const mail = await complete(template);
    await db.updateTable('person').set({ email: 'ik@elders.nl' }).where('name', '=', 'Marloes Hendriks').execute();
    await emptyOutbox(db);
    await enqueue(db, mail, new Date());
    await mark('cohort', cohort.id);
    expect(await sendTo()).toEqual([]);
    expect(await rows()).toEqual([{ template, status: 'dropped', fault: 'invented' }]);
    await emptyOutbox(db);
    await enqueue(db, mail, new Date());
    expect(await rows()).toEqual([]);
  });

  it('goes out of a real one, so that the test above says something', async () => {
    const mail = await complete(template);
    await emptyOutbox(db);
    await enqueue(db, mail, new Date());
    expect(await sendTo()).toHaveLength(1);
  });
});

describe.each(['sign_in', 'test', 'account_added', 'account_changed'] as const)(
  'to an invented account, mail of the kind %s',
  (template) => {
    it('is dropped with the reason; to another it goes out', async () => {
      await enqueue(db, await complete(template), new Date());
      expect(await sendTo()).toHaveLength(1);
      await mark('user', cohort.trainer.userId);
      await enqueue(db, { ...(await complete(template)), onceKey: 'test:again' }, new Date());
      expect(await sendTo()).toEqual([]);
      expect((await rows()).at(-1)).toEqual({ template, status: 'dropped', fault: 'invented' });
    });
  },
);

describe('an invented cohort', () => {
  it('costs nobody the mail of a real one that is asked for along with it', async () => {
    const other = await make.makeCohort(db);
    await make.addSeries(db, other);
    const real = await make.openRound(db, other);
    await emptyOutbox(db);
    await mark('cohort', cohort.id);
    const mails = [round, real].map(({ id, invited }): NewMail => {
      const to = { personId: make.inRole(invited, 'ib').personId };
      return { template: 'reminder', to, about: {}, roundId: id, onceKey: `test:${id}` };
    });
    expect(await enqueueAll(db, mails, new Date())).toBe(1);
    expect(await sendTo()).toHaveLength(1);
  });

  it('has nobody mailed whose address is corrected to a real one', async () => {
    await mark('cohort', cohort.id);
    const { id: seriesId, version } = await db.selectFrom('series').select(['id', 'version']).executeTakeFirstOrThrow();
    const { personId } = make.inRole(round.invited, 'teacher');
    const { id: memberId } = await db
      .selectFrom('team_member')
      .select('id')
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    const given = { name: 'Leerkracht 1', email: 'ik@elders.nl', language: 'nl' } as const;
    const at = { seriesId, memberId, version };
    await people.correct(db, cohort.trainer, cohort.secret, at, given, new Date());
    expect(await rows()).toEqual([]);
  });
});
