import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as wording from '#lib/server/wording/service.ts';
import * as adminPage from '../../src/routes/(admin)/admin/lists/[list]/wording/+page.server.ts';
import * as list from '../../src/routes/(trainer)/rounds/[round]/wording/+page.server.ts';
import * as aspectPage from '../../src/routes/(trainer)/rounds/[round]/wording/[aspect]/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

let app: App;
let cohort: make.TestCohort;
let round: string;
beforeEach(async () => {
  app = await testApp();
  cohort = await make.makeCohort(app.db, { secret: app.config.secret });
  await make.addSeries(app.db, cohort);
  const { id, invited } = await make.openRound(app.db, cohort);
  for (const person of invited) await make.fillAndSubmit(app.db, person);
  round = id;
});

const asked = (aspect = 'C1.01', actor = cohort.trainer) => ({ app, actor, params: { round, aspect } });
const given = { other_nl: 'De IB’er vraagt.', self_nl: 'Ik vraag.', reason: 'Korter.' };

describe('a proposal that was taken over', () => {
  it('is shown as that to trainer and administrator, and begins another one', async () => {
    const { db } = app;
    await rounds.close(db, cohort.trainer, round);
    const [school] = await rounds.progress(db, cohort.trainer, round);
    await rounds.release(db, cohort.trainer, round, [school?.schoolRoundId ?? '']);
    await send(aspectPage.actions, 'save', { ...asked(), form: given });
    const admin = await make.makeTrainer(db, { admin: true });
    const from = (await instruments.find(db, 'ib-180', '1.0.0'))?.id ?? '';
    const draft = await drafts.make(db, admin, { key: 'ib-180', version: '2', title: { nl: 'Nieuw' } }, from);
    const manage = { app, actor: admin, params: { list: draft } };
    const open = await wording.forList(db, admin, draft);
    const form = { revision: '1', proposal: open[0]?.id ?? '', seen: '1' };
    expect(await send(adminPage.actions, 'take', { ...manage, form })).toEqual({
      to: `/admin/lists/${draft}/wording?done=wording_taken`,
    });
    const taken = [{ aspect: 'C1.01', author: cohort.trainer.name, stands: 'as_proposed' }];
    expect(await visit(adminPage.load, manage)).toMatchObject({ data: { proposals: [], taken } });
    expect(await visit(list.load, asked())).toMatchObject({
      data: { work: { lines: [{ code: 'C1.01', stage: { kind: 'taken', version: '2' } }] } },
    });
    expect(await visit(aspectPage.load, asked())).toMatchObject({
      data: {
        open: null,
        earlier: [{ other: { nl: given.other_nl }, stage: { kind: 'taken' } }],
        seen: { revision: 2 },
      },
    });
  });
});

describe('the page of aspects to word differently', () => {
  it('waits until the round is closed', async () => {
    expect(await visit(list.load, asked())).toMatchObject({ data: { work: null } });
    expect(await visit(aspectPage.load, asked())).toEqual({ to: `/rounds/${round}/wording` });
  });

  it('says below five schools that nothing is known, and takes a proposal all the same', async () => {
    await rounds.close(app.db, cohort.trainer, round);
    expect(await visit(list.load, asked()), 'it can open again').toMatchObject({ data: { work: null } });
    const [school] = await rounds.progress(app.db, cohort.trainer, round);
    await rounds.release(app.db, cohort.trainer, round, [school?.schoolRoundId ?? '']);
    expect(await visit(list.load, asked())).toMatchObject({ data: { work: { isKnown: false, lines: [] } } });
    expect(await send(aspectPage.actions, 'save', { ...asked(), form: given })).toEqual({
      to: `/rounds/${round}/wording?done=saved`,
    });
    expect(await visit(list.load, asked())).toMatchObject({
      data: { work: { lines: [{ code: 'C1.01', stage: { kind: 'open' }, proposed: 'De IB’er vraagt.', causes: [] }] } },
    });
    expect(await visit(aspectPage.load, asked())).toMatchObject({
      data: { seen: { revision: 1 }, open: { reason: 'Korter.' }, earlier: [] },
    });
  });

  it('keeps what was typed where something is missing', async () => {
    await rounds.close(app.db, cohort.trainer, round);
    const form = { ...given, reason: '' };
    expect(await send(aspectPage.actions, 'save', { ...asked(), form })).toMatchObject({
      status: 400,
      shown: { values: { other_nl: 'De IB’er vraagt.' }, errors: { reason: expect.any(String) } },
    });
  });

  it('is not there for another trainer or an administrator, nor for an aspect that was not asked', async () => {
    await rounds.close(app.db, cohort.trainer, round);
    for (const actor of [await make.makeTrainer(app.db), await make.makeTrainer(app.db, { admin: true })]) {
      expect(await visit(list.load, asked('C1.01', actor))).toMatchObject({ status: 404 });
      expect(await visit(aspectPage.load, asked('C1.01', actor))).toMatchObject({ status: 404 });
    }
    expect(await visit(aspectPage.load, asked('C9.99'))).toMatchObject({ status: 404 });
  });
});
