import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import { enqueue, type MailTemplate } from '#lib/server/mail/outbox-service.ts';
import * as progress from '#lib/server/mail/progress-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { emptyOutbox } from '../support/outbox.ts';

let db: Db;
let cohort: make.TestCohort;
let round: make.TestRound;

const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 9, minute));

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort);
  round = await make.openRound(db, cohort);
  await emptyOutbox(db);
});

/** Asks for a mail of the round, and gives it this state. */
async function mailTo(
  person: make.Invited,
  template: MailTemplate,
  minute: number,
  state: { status?: 'sent' | 'failed' | 'dropped'; fault?: string } = {},
): Promise<void> {
  const onceKey = `${template}:${person.personId}:${minute}`;
  await enqueue(db, { template, to: { personId: person.personId }, about: {}, roundId: round.id, onceKey }, at(minute));
  const sentAt = state.status === 'sent' ? at(minute + 1).toISOString() : null;
  await db
    .updateTable('mail')
    .set({ status: state.status ?? 'waiting', fault: state.fault ?? null, sent_at: sentAt })
    .where('once_key', '=', onceKey)
    .execute();
}

describe('the mail of a round', () => {
  it('is counted by invitation, and each person has the last one', async () => {
    const [director, ib, teacher, second] = round.invited;
    if (!director || !ib || !teacher || !second) throw new Error('too few were invited');
    await mailTo(director, 'invitation', 0, { status: 'sent' });
    await mailTo(director, 'reminder', 10);
    await mailTo(ib, 'invitation', 0, { status: 'sent' });
    await mailTo(teacher, 'invitation', 0, { status: 'failed', fault: 'address_refused 550' });
    await mailTo(second, 'invitation', 0);

    const mail = await progress.mailOfRound(db, cohort.trainer, round.id);

    expect(mail.counts).toEqual({ waiting: 1, sent: 2, failed: 1, dropped: 0 });
    expect([...mail.byPerson.keys()].sort()).toEqual([director, ib, teacher, second].map((p) => p.personId).sort());
    expect(mail.byPerson.get(director.personId)).toMatchObject({
      template: 'reminder',
      status: 'waiting',
      fault: null,
    });
    expect(mail.byPerson.get(ib.personId)).toMatchObject({ status: 'sent', at: at(1).toISOString() });
    expect(mail.byPerson.get(teacher.personId)).toMatchObject({ status: 'failed', fault: 'address_refused 550' });
  });

  it('is nobody’s business but the own trainer’s and the administrator’s', async () => {
    const stranger = await make.makeTrainer(db);
    await expect(progress.mailOfRound(db, stranger, round.id)).rejects.toThrow('forbidden');
    await expect(progress.mailOfRound(db, cohort.trainer, 'no such round')).rejects.toThrow('not_found');
    const admin = await make.makeTrainer(db, { admin: true });
    expect((await progress.mailOfRound(db, admin, round.id)).byPerson.size).toBe(0);
  });
});

describe('trying a failed mail again', () => {
  const rows = () => db.selectFrom('mail').select(['id', 'status', 'attempts', 'due_at', 'fault']).execute();

  it('makes it wait as new, once, and is written down', async () => {
    await mailTo(make.inRole(round.invited, 'teacher'), 'invitation', 0, {
      status: 'failed',
      fault: 'mailbox_full 552',
    });
    const id = (await rows())[0]?.id ?? '';
    await progress.retry(db, cohort.trainer, id, at(30));
    await progress.retry(db, cohort.trainer, id, at(40));
    expect(await rows()).toEqual([{ id, status: 'waiting', attempts: 0, due_at: at(30).toISOString(), fault: null }]);
    const logged = db.selectFrom('audit_event').select('object_id').where('action', '=', 'mail.retried');
    expect(await logged.execute()).toEqual([{ object_id: id }]);
  });

  it('leaves alone what was sent, and is refused to others', async () => {
    await mailTo(make.inRole(round.invited, 'teacher'), 'invitation', 0, { status: 'sent' });
    const id = (await rows())[0]?.id ?? '';
    await progress.retry(db, cohort.trainer, id, at(30));
    expect(await rows()).toMatchObject([{ status: 'sent' }]);
    await expect(progress.retry(db, await make.makeTrainer(db), id, at(30))).rejects.toThrow('forbidden');
  });
});
