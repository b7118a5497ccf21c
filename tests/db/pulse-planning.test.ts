import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as responses from '#lib/server/responses/service.ts';
import { changeAspects } from '#lib/server/rounds/pulse-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as today from '#lib/server/rounds/today-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

/** Three aspects of the first competency and one of the second, not in the order of the list. */
const ASKED = ['C2.03', 'C1.04', 'C1.01', 'C1.09'];

let db: Db;
let cohort: make.TestCohort;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort);
});

const whole = () => make.openRound(db, cohort, { name: 'T0' });
const pulse = (aspects: readonly string[] = ASKED) => make.openRound(db, cohort, { name: 'K1', aspects });

describe('planning a pulse', () => {
  it('comes after a whole round that has opened', async () => {
    await expect(pulse()).rejects.toEqual(refused('pulse_too_early'));
    await make.planRound(db, cohort, { name: 'T0' });
    await expect(pulse()).rejects.toEqual(refused('pulse_too_early'));
  });

  it('asks one aspect at least, none twice, and never the whole list', async () => {
    await whole();
    const all = [...(await cohortList()).aspectIds.keys()];
    for (const aspects of [[], all, [...ASKED, 'C1.01'], ['C9.99']]) {
      await expect(pulse(aspects)).rejects.toEqual(refused('pulse_aspects_wrong'));
    }
    expect(await rounds.list(db, cohort.id)).toHaveLength(1);
  });

  it('stands between the whole rounds: the next one keeps its name', async () => {
    await whole();
    await pulse();
    const all = await rounds.list(db, cohort.id);
    expect(all.map(({ name, number, isPulse }) => [name, number, isPulse])).toEqual([
      ['T0', 0, false],
      ['K1', 1, true],
    ]);
    expect([rounds.nextName(all), rounds.nextPulseName(all)]).toEqual(['T1', 'K2']);
  });

  it('protects each school’s teachers as the whole round before it did', async () => {
    const open = await make.addSeries(db, cohort, { teachers: 1 });
    const before = await make.planRound(db, cohort, { name: 'T0' });
    const unit = (await rounds.progress(db, cohort.trainer, before)).find(({ series }) => series.id === open);
    await rounds.chooseMode(db, cohort.trainer, unit?.schoolRoundId ?? '', 'open');
    await rounds.open(db, cohort.trainer, cohort.secret, before);
    const late = await make.addSeries(db, cohort, { teachers: 1 });
    await rounds.close(db, cohort.trainer, before);
    const after = await make.addSeries(db, cohort, { teachers: 1 });
    const id = await make.planRound(db, cohort, { name: 'K1', aspects: ASKED });
    const modes = (await rounds.progress(db, cohort.trainer, id)).map(({ series, mode }) => [series.id, mode]);
    expect(Object.fromEntries(modes)).toMatchObject({ [open]: 'open', [late]: 'protected', [after]: 'protected' });
    const next = await make.planRound(db, cohort, { name: 'T1' });
    const ofNext = (await rounds.progress(db, cohort.trainer, next)).map(({ mode }) => mode);
    expect(new Set(ofNext), 'a whole round asks the trainer anew').toEqual(new Set(['protected']));
  });

  it('says before opening which round still runs, and how many people get a second form', async () => {
    const { id: before, invited } = await whole();
    await make.fillAndSubmit(db, make.inRole(invited, 'ib'));
    const id = await make.planRound(db, cohort, { name: 'K1', aspects: ASKED });
    const beside = async () => (await rounds.previewOpening(db, cohort.trainer, id)).beside;
    expect(await beside()).toEqual([{ name: 'T0', people: 4 }]);
    await rounds.close(db, cohort.trainer, before);
    expect(await beside()).toEqual([]);
  });

  it('is named as what it is among what is due today', async () => {
    await whole();
    await pulse();
    await db.updateTable('round').set({ opened_at: '2026-01-05T09:00:00.000Z' }).execute();
    const due = await today.due(db, cohort.trainer);
    expect(due.map(({ roundName, isPulse }) => [roundName, isPulse])).toEqual([
      ['T0', false],
      ['K1', true],
    ]);
  });

  it('may choose other aspects until it opens', async () => {
    await whole();
    const id = await make.planRound(db, cohort, { name: 'K1', aspects: ASKED });
    await changeAspects(db, cohort.trainer, id, 1, ['C3.01']);
    await rounds.open(db, cohort.trainer, cohort.secret, id);
    await expect(changeAspects(db, cohort.trainer, id, 2, ASKED)).rejects.toEqual(refused('round_opened'));
    const [person] = await make.listInvited(db, cohort, id);
    const { form } = await make.enter(db, person ?? { token: '', secret: '' });
    expect([...(await responses.instrumentOf(db, form)).aspectIds.keys()]).toEqual(['C3.01']);
  });

  it('is chosen by one at a time, and opened by nobody who saw other aspects, dates or protection', async () => {
    await whole();
    const id = await make.planRound(db, cohort, { name: 'K1', aspects: ASKED });
    const open = (seen: number) => rounds.open(db, cohort.trainer, cohort.secret, id, new Date(), seen);
    const changes = [
      () => changeAspects(db, cohort.trainer, id, 1, ['C3.01']),
      () => rounds.changeDates(db, cohort.trainer, id, 2, { ...rounds.BY_HAND, closesOn: '2999-01-01' }),
      async () => {
        const [unit] = await rounds.progress(db, cohort.trainer, id);
        await rounds.chooseMode(db, cohort.trainer, unit?.schoolRoundId ?? '', 'open');
      },
    ];
    for (const [index, change] of changes.entries()) {
      const seen = index + 1;
      await change();
      await expect(open(seen)).rejects.toEqual(refused('changed_meanwhile'));
      await expect(changeAspects(db, cohort.trainer, id, seen, ASKED)).rejects.toEqual(refused('changed_meanwhile'));
    }
    await open(4);
    await expect(open(4)).rejects.toEqual(refused('round_opened'));
  });

  it('asks from the list that was looked at: not when a round of another one opened meanwhile', async () => {
    await whole();
    const instrumentVersionId = await nextVersion();
    await expect(make.planRound(db, cohort, { name: 'K1', aspects: ASKED, instrumentVersionId })).rejects.toEqual(
      refused('changed_meanwhile'),
    );
    await make.openRound(db, cohort, { name: 'T1', instrumentVersionId });
    await expect(pulse()).rejects.toEqual(refused('changed_meanwhile'));
    await make.planRound(db, cohort, { name: 'K1', aspects: ASKED, instrumentVersionId });
  });

  it('is the own trainer’s to choose, and nobody makes a pulse of a whole round', async () => {
    const { id } = await whole();
    await expect(changeAspects(db, cohort.trainer, id, 1, ASKED)).rejects.toEqual(refused('not_found'));
    const planned = await make.planRound(db, cohort, { name: 'K1', aspects: ASKED });
    const other = await make.makeTrainer(db);
    await expect(changeAspects(db, other, planned, 1, ASKED)).rejects.toEqual(refused('forbidden'));
    await expect(changeAspects(db, cohort.trainer, planned, 1, [])).rejects.toEqual(refused('pulse_aspects_wrong'));
  });

  it('goes with its aspects when it is cancelled', async () => {
    await whole();
    await rounds.cancel(db, cohort.trainer, await make.planRound(db, cohort, { name: 'K1', aspects: ASKED }));
    expect(await db.selectFrom('round_aspect').selectAll().execute()).toEqual([]);
  });
});

async function nextVersion(): Promise<string> {
  const admin = await make.makeTrainer(db, { admin: true });
  const named = { key: 'ib-180', version: '1.1.0', title: { nl: 'Nieuwe versie' } };
  const id = await drafts.make(db, admin, named, (await instruments.find(db, 'ib-180', '1.0.0'))?.id ?? null);
  await drafts.publish(db, admin, id, 1);
  return id;
}

async function cohortList() {
  const [{ instrumentVersionId = '', id = '' } = {}] = await rounds.list(db, cohort.id);
  return responses.instrumentOf(db, { instrumentVersionId, roundId: id } as responses.Form);
}
