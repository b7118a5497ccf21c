import { beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as failed from '#lib/server/mail/failed-service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as reminders from '#lib/server/rounds/reminders-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { senderTo } from '../support/outbox.ts';
import { mailServer, Refusal, type MailServer } from '../support/smtp.ts';

let db: Db;
let cohort: make.TestCohort;
let round: make.TestRound;
let teacher: make.Invited & { email: string };
let server: MailServer;
/** Addresses that the mail server refuses. */
let refused: Set<string>;
let clock: Date;

const send = () => senderTo(db, server.url, { now: () => clock }).run();
const toTeacher = () => server.accepted.filter(({ to }) => to?.[0]?.address === teacher.email).length;
const later = (days: number) => (clock = new Date(`${addDays(clock.toISOString().slice(0, 10), days)}T09:00:00Z`));
const mails = () =>
  db.selectFrom('mail').selectAll().where('person_id', '=', teacher.personId).orderBy('created_at').execute();
const statuses = async () => (await mails()).map(({ template, status }) => `${template} ${status}`);

/** An open round whose invitations wait. */
beforeEach(async () => {
  db = await testDatabase();
  clock = new Date();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort);
  round = await make.openRound(db, cohort);
  const one = make.inRole(round.invited, 'teacher');
  const { email } = await db
    .selectFrom('person')
    .select('email')
    .where('id', '=', one.personId)
    .executeTakeFirstOrThrow();
  teacher = { ...one, email: email ?? '' };
  refused = new Set();
  server = await mailServer({
    onRecipient: (address) => {
      if (refused.has(address)) throw new Refusal(550);
    },
  });
  clock = new Date(Date.now() + 1000);
});

/** The mail server refuses the invitation of the teacher. */
async function invitationFails(): Promise<void> {
  refused.add(teacher.email);
  await send();
  expect(await mails()).toMatchObject([{ template: 'invitation', status: 'failed', fault: 'address_refused 550' }]);
}

/** The invitation arrives, and five days later the mail server refuses the reminder. */
async function reminderFails(): Promise<void> {
  await send();
  refused.add(teacher.email);
  later(5);
  await remind();
  await send();
  expect(await statuses()).toEqual(['invitation sent', 'reminder failed']);
}

const remind = () => reminders.send(db, cohort.trainer, round.id, { invitation: teacher.invitationId }, clock);

async function mend(email: string): Promise<void> {
  const { version, team } = await cohorts.getSeries(db, cohort.trainer, teacher.seriesId);
  const member = team.find(({ personId }) => personId === teacher.personId);
  const at = { seriesId: teacher.seriesId, memberId: member?.id ?? '', version };
  await people.correct(db, cohort.trainer, cohort.secret, at, { name: 'Leerkracht 1', email, language: 'nl' }, clock);
  teacher = { ...teacher, email };
}

describe('a failed mail', () => {
  it('stops counting once a later mail that says as much arrived, and is not sent by trying all again', async () => {
    await reminderFails();
    refused.clear();
    later(4);
    await remind();
    expect(await statuses(), 'until it arrives').toEqual(['invitation sent', 'reminder failed', 'reminder waiting']);
    await send();
    expect(await statuses()).toEqual(['invitation sent', 'reminder dropped', 'reminder sent']);
    await failed.retryAll(db, await make.makeTrainer(db, { admin: true }), clock);
    await send();
    expect(toTeacher()).toBe(2);
  });

  it('gives way to the next failure of a mail that says as much: one counts, not two', async () => {
    await reminderFails();
    later(4);
    await remind();
    await send();
    expect(await statuses()).toEqual(['invitation sent', 'reminder dropped', 'reminder failed']);
  });

  it('is not tried beside a mail that waits and says as much', async () => {
    await reminderFails();
    refused.clear();
    later(4);
    await remind();
    const [, first] = await mails();
    await failed.retry(db, cohort.trainer, first?.id ?? '', clock);
    await failed.retryAll(db, await make.makeTrainer(db, { admin: true }), clock);
    await send();
    expect(toTeacher()).toBe(2);
  });

  it('ends when the address is mended; the forms go to the new one, once', async () => {
    await invitationFails();
    await mend('goed@school.example');
    expect(await statuses()).toEqual(['invitation dropped', 'replacement waiting']);
    await failed.retryAll(db, await make.makeTrainer(db, { admin: true }), clock);
    await send();
    expect(toTeacher()).toBe(1);
    expect(await statuses()).toEqual(['invitation dropped', 'replacement sent']);
  });

  it('is the last word to that address: nothing is told there when it is mended, begun form or not', async () => {
    await invitationFails();
    await make.answerOne(db, await make.enter(db, teacher));
    await mend('goed@school.example');
    await send();
    expect(await statuses()).toEqual(['invitation dropped', 'replacement sent']);
    const told = db.selectFrom('mail').select('status').where('template', '=', 'address_replaced');
    expect(await told.execute()).toEqual([]);
    await mend('beter@school.example');
    expect(await told.execute(), 'an address that mail reached').toEqual([{ status: 'waiting' }]);
  });

  it('that was made up for does not come back when the round is opened again', async () => {
    await reminderFails();
    refused.clear();
    later(4);
    await remind();
    await send();
    await rounds.close(db, cohort.trainer, round.id, clock);
    const closesOn = addDays(clock.toISOString().slice(0, 10), 3);
    await rounds.reopen(db, cohort.trainer, make.SECRET, round.id, closesOn, clock);
    await send();
    expect(toTeacher()).toBe(2);
  });

  it('about a released report goes to the mended address', async () => {
    const director = make.inRole(round.invited, 'director');
    await rounds.close(db, cohort.trainer, round.id, clock);
    const { email } = await db
      .selectFrom('person')
      .select('email')
      .where('id', '=', director.personId)
      .executeTakeFirstOrThrow();
    refused.add(email ?? '');
    const [school] = await rounds.progress(db, cohort.trainer, round.id);
    await rounds.release(db, cohort.trainer, round.id, [school?.schoolRoundId ?? ''], clock);
    await send();
    teacher = { ...director, email: email ?? '' };
    expect(await statuses()).toContain('report_released failed');
    await mend('directeur@school.example');
    await send();
    expect(await statuses()).toContain('report_released sent');
    expect(toTeacher()).toBe(1);
  });
});

describe('trying a failed mail again', () => {
  beforeEach(invitationFails);

  it('makes it wait as new, once, and is written down', async () => {
    const [{ id } = { id: '' }] = await mails();
    await failed.retry(db, cohort.trainer, id, clock);
    const again = new Date(clock.getTime() + 60_000);
    await failed.retry(db, cohort.trainer, id, again);
    const due = clock.toISOString();
    expect(await mails()).toMatchObject([{ id, status: 'waiting', attempts: 0, due_at: due, fault: null }]);
    const logged = db.selectFrom('audit_event').select('object_id').where('action', '=', 'mail.retried');
    expect(await logged.execute()).toEqual([{ object_id: id }]);
    refused.clear();
    await send();
    expect(toTeacher()).toBe(1);
  });

  it('leaves alone what was sent, and is refused to others', async () => {
    const sent = await db.selectFrom('mail').select('id').where('status', '=', 'sent').executeTakeFirstOrThrow();
    await failed.retry(db, cohort.trainer, sent.id, clock);
    const row = db.selectFrom('mail').select('status').where('id', '=', sent.id);
    expect(await row.executeTakeFirst()).toEqual({ status: 'sent' });
    const [{ id } = { id: '' }] = await mails();
    await expect(failed.retry(db, await make.makeTrainer(db), id, clock)).rejects.toThrow('forbidden');
    await expect(failed.retryAll(db, cohort.trainer, clock)).rejects.toThrow('forbidden');
  });
});
