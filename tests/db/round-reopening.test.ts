import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
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

const invitationMails = () => db.selectFrom('mail').selectAll().where('template', '=', 'invitation').execute();
const actionsOn = async (id: string) => {
  const events = await db.selectFrom('audit_event').select('action').where('object_id', '=', id).execute();
  return events.map(({ action }) => action);
};
/** A day that has not come yet, in the year after the clock of this machine. */
const ahead = (month: number) => `${new Date().getUTCFullYear() + 1}-0${month}-10`;

describe('opening a closed round again', () => {
  const reopen = (id: string, closesOn = ahead(3)) => rounds.reopen(db, cohort.trainer, cohort.secret, id, closesOn);

  it('forgets the snapshots, takes answers again, and closes anew', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    await rounds.close(db, cohort.trainer, id);
    await reopen(id);
    expect(await db.selectFrom('snapshot').selectAll().execute()).toEqual([]);
    expect(await db.selectFrom('round_snapshot').selectAll().execute()).toEqual([]);
    expect(await rounds.get(db, cohort.trainer, id)).toMatchObject({
      status: 'open',
      closedAt: null,
      closesOn: ahead(3),
    });
    await make.fillAndSubmit(db, make.inRole(invited, 'teacher'));
    await rounds.close(db, cohort.trainer, id);
    expect(await db.selectFrom('snapshot').selectAll().execute()).toHaveLength(1);
    expect(await actionsOn(id)).toContain('round.reopened');
  });

  it('mails the invitations that were dropped when it closed, to who has not submitted', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    await make.fillAndSubmit(db, make.inRole(invited, 'teacher'));
    await rounds.close(db, cohort.trainer, id);
    await db.updateTable('mail').set({ status: 'dropped', attempts: 1 }).where('template', '=', 'invitation').execute();
    await reopen(id);
    const statuses = (await invitationMails()).map(({ status, attempts }) => `${status} ${attempts}`);
    expect(statuses.sort()).toEqual(['dropped 1', 'waiting 0', 'waiting 0', 'waiting 0', 'waiting 0']);
  });

  it('is over with the first release, also when that was taken back', async () => {
    const { id } = await make.openRound(db, cohort);
    await rounds.close(db, cohort.trainer, id);
    const [school] = await rounds.progress(db, cohort.trainer, id);
    const one = [school?.schoolRoundId ?? ''];
    await rounds.release(db, cohort.trainer, id, one);
    await expect(reopen(id)).rejects.toEqual(refused('round_released'));
    await rounds.withdrawRelease(db, cohort.trainer, id, one);
    await expect(reopen(id)).rejects.toEqual(refused('round_released'));
    expect(await rounds.get(db, cohort.trainer, id)).toMatchObject({ status: 'closed' });
    expect(await db.selectFrom('snapshot').selectAll().execute()).toHaveLength(1);
  });

  it('needs a closed round that was run here, and a day to come', async () => {
    const { id } = await make.openRound(db, cohort);
    await expect(reopen(id)).rejects.toEqual(refused('round_not_closed'));
    await rounds.close(db, cohort.trainer, id);
    await expect(reopen(id, '2020-01-01')).rejects.toEqual(refused('round_dates_wrong'));
    await expect(rounds.reopen(db, other.trainer, other.secret, id, ahead(3))).rejects.toEqual(refused('forbidden'));
    await db.updateTable('round').set({ origin: 'import' }).where('id', '=', id).execute();
    await expect(reopen(id)).rejects.toEqual(refused('round_imported'));
  });
});
