import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as rounds from '#lib/server/rounds/service.ts';
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
      data: { work: { lines: [{ code: 'C1.01', status: 'open', proposed: 'De IB’er vraagt.', causes: [] }] } },
    });
    expect(await visit(aspectPage.load, asked())).toMatchObject({
      data: { seen: { revision: 1 }, proposal: { reason: 'Korter.' } },
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
