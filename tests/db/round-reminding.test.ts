import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import * as reminders from '#lib/server/rounds/reminders-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

let db: Db;
let cohort: make.TestCohort;
let other: make.TestCohort;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  other = await make.makeCohort(db);
  await make.addSeries(db, cohort);
});

describe('reminding by hand', () => {
  /** A moment on a day of March, by the clock of Amsterdam in winter time. */
  const march = (day: string, clock = '10:00') => new Date(`2026-03-${day}T${clock}:00+01:00`);

  it('says who is left out and why, and mails the others once in three days, the invitation included', async () => {
    const { id, invited } = await make.openRound(db, cohort, { at: march('02', '21:00') });
    await make.fillAndSubmit(db, make.inRole(invited, 'director'));
    await db.updateTable('person').set({ email: null }).where('name', '=', 'Leerkracht 1').execute();
    const ib = { invitation: make.inRole(invited, 'ib').invitationId };
    const tooSoon = reminders.send(db, cohort.trainer, id, ib, march('04', '23:00'));
    await expect(tooSoon).rejects.toEqual(refused('nobody_to_remind'));
    expect(await reminders.send(db, cohort.trainer, id, ib, march('05', '08:00'))).toBe(1);
    const later = march('07');
    const { to, leftOut } = await reminders.preview(db, cohort.trainer, id, {}, later);
    expect(to.map(({ name }) => name)).toEqual(['Leerkracht 2', 'Leerkracht 3']);
    expect(leftOut.map(({ name, why }) => [name, why])).toEqual([
      ['Leerkracht 1', 'no_address'],
      ['Marloes Hendriks', 'recent'],
    ]);
    expect(await reminders.send(db, cohort.trainer, id, {}, later)).toBe(2);
    await expect(reminders.send(db, cohort.trainer, id, {}, later)).rejects.toEqual(refused('nobody_to_remind'));
    const log = await db.selectFrom('audit_event').select('action').where('object_id', '=', id).execute();
    expect(log.map(({ action }) => action)).toContain('round.reminded');
  });

  it('is once a person, with the names of the schools', async () => {
    const first = await db.selectFrom('school').select('name').executeTakeFirstOrThrow();
    await make.addSeries(db, cohort, { school: 'De Zwaluw' });
    const { id, invited } = await make.openRound(db, cohort, { at: march('02') });
    const { personId } = make.inRole(invited, 'director');
    await db.updateTable('invitation').set({ person_id: personId }).where('role', '=', 'director').execute();
    const { to } = await reminders.preview(db, cohort.trainer, id, {}, march('05'));
    expect(to).toHaveLength(9);
    expect(to.find((each) => each.personId === personId)?.schools).toEqual([first.name, 'De Zwaluw'].sort());
  });

  it('leaves out whose invitation did not arrive, until another one was asked for', async () => {
    const { id, invited } = await make.openRound(db, cohort, { at: march('02') });
    const { personId } = make.inRole(invited, 'ib');
    await db.updateTable('mail').set({ status: 'failed', fault: '550' }).where('person_id', '=', personId).execute();
    const leftOut = async () => (await reminders.preview(db, cohort.trainer, id, {}, march('09'))).leftOut;
    expect(await leftOut()).toMatchObject([{ name: 'Marloes Hendriks', why: 'mail_failed' }]);
    await db.updateTable('mail').set({ status: 'waiting', fault: null }).where('person_id', '=', personId).execute();
    expect(await leftOut()).toEqual([]);
  });

  it('sends the reminders of today again that failed, as the page promises', async () => {
    const { id } = await make.openRound(db, cohort, { at: march('02') });
    expect(await reminders.send(db, cohort.trainer, id, {}, march('06'))).toBe(5);
    await db
      .updateTable('mail')
      .set({ status: 'failed', attempts: 9, fault: 'refused' })
      .where('template', '=', 'reminder')
      .execute();
    const later = march('06', '11:00');
    expect((await reminders.preview(db, cohort.trainer, id, {}, later)).to).toHaveLength(5);
    expect(await reminders.send(db, cohort.trainer, id, {}, later)).toBe(5);
    const sent = await db.selectFrom('mail').selectAll().where('template', '=', 'reminder').execute();
    expect(sent.map(({ status, attempts, fault }) => [status, attempts, fault])).toEqual(
      Array.from({ length: 5 }, () => ['waiting', 0, null]),
    );
  });

  it('is about people of this very round, while it is open, by its own trainer', async () => {
    await make.addSeries(db, other);
    const { id } = await make.openRound(db, cohort);
    const elsewhere = await make.openRound(db, other);
    const theirs = { invitation: elsewhere.invited[0]?.invitationId };
    await expect(reminders.send(db, cohort.trainer, id, theirs)).rejects.toEqual(refused('not_found'));
    await expect(reminders.send(db, other.trainer, id, {})).rejects.toEqual(refused('forbidden'));
    await rounds.close(db, cohort.trainer, id);
    await expect(reminders.send(db, cohort.trainer, id, {})).rejects.toEqual(refused('round_not_open'));
  });
});
