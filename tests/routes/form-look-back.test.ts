import { describe, expect, it } from 'vitest';
import * as answers from '#lib/server/answers/service.ts';
import type { App } from '#lib/server/app.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import type { TestBrowser } from '../support/events.ts';
import * as make from '../support/factories.ts';
import {
  actions as lookBackActions,
  load as lookBack,
} from '../../src/routes/(rater)/form/[response]/look-back/+page.server.ts';
import { actions as openActions } from '../../src/routes/(rater)/form/[response]/open/+page.server.ts';
import { load as receipt } from '../../src/routes/(rater)/form/[response]/receipt/+page.server.ts';
import { enterBy, openSchool, sessionIn } from './form-support.ts';

type Rater = { app: App; browser: TestBrowser; response: string };

const formOf = ({ app, browser, response }: Rater) =>
  responses.open(app.db, response, sessionIn(app, browser, response));
const thenOf = async (rater: Rater) => (await answers.load(rater.app.db, await formOf(rater))).then;
const at = ({ response }: Rater) => ({ params: { response } });

describe('looking back', () => {
  /** An IB'er in the second round, with an answer and not submitted yet. */
  async function inSecondRound(): Promise<Rater> {
    const first = await openSchool();
    await rounds.close(first.app.db, first.cohort.trainer, first.round.id);
    const second = await make.openRound(first.app.db, first.cohort);
    const rater = { app: first.app, ...(await enterBy(first.app, make.inRole(second.invited, 'ib'))) };
    await answers.save(first.app.db, await formOf(rater), 'C1.01', make.answer({ score: 4 }), 1);
    return rater;
  }
  const submit = (rater: Rater) => rater.browser.post(openActions['default'], at(rater));
  const post = (rater: Rater, fields: Record<string, string>) =>
    rater.browser.post(lookBackActions['default'], { ...at(rater), fields });

  it('is offered to the IB’er from the second round, once the form is submitted', async () => {
    const rater = await inSecondRound();
    expect(await rater.browser.run(lookBack, at(rater))).toMatchObject({ kind: 'error', status: 404 });
    await submit(rater);
    expect(await rater.browser.run(receipt, at(rater))).toMatchObject({
      data: { lookBack: { answered: 0, asked: 4 } },
    });
    expect(await rater.browser.run(lookBack, at(rater))).toMatchObject({ data: { then: {} } });
  });

  it('sent without scripts stores all or nothing, and only what changed since it was loaded', async () => {
    const rater = await inSecondRound();
    await submit(rater);
    const outside = await post(rater, { 'then.C1': '3', 'then.C2': '12' });
    expect(outside).toMatchObject({ kind: 'failure', data: { code: 'score_out_of_range' } });
    expect(await post(rater, { 'then.C9': '5' })).toMatchObject({ kind: 'failure', data: { code: 'unknown_aspect' } });
    expect(await post(rater, { before: 'geen json' })).toMatchObject({ kind: 'failure', status: 400 });
    expect(await thenOf(rater)).toEqual({});

    const toReceipt = { kind: 'redirect', location: `/form/${rater.response}/receipt#look-back` };
    expect(await post(rater, {}), 'skipping is fine').toMatchObject(toReceipt);
    expect(await post(rater, { 'then.C1': '4', 'then.C2': '0' })).toMatchObject(toReceipt);
    // Another device has gone on since this page was loaded.
    const before = JSON.stringify({ C1: { value: 7, notes: [] }, C2: { value: 0, notes: [] } });
    await post(rater, { before, 'then.C1': '7', 'then.C2': '2' });
    expect(await thenOf(rater)).toMatchObject({ C1: { value: 4 }, C2: { value: 2 } });
    const own = await rater.browser.run(receipt, at(rater));
    expect(own).toMatchObject({ data: { lookBack: { answered: 2, asked: 4 }, then: { C1: { value: 4 } } } });
  });

  it('is sent along by Stop and by the language switch', async () => {
    const rater = await inSecondRound();
    await submit(rater);
    const path = `/form/${rater.response}/look-back`;
    expect(await post(rater, { 'then.C1': '4', language: 'en' })).toMatchObject({ kind: 'redirect', location: path });
    expect(rater.browser.cookies.get('language')?.value).toBe('en');
    const form = await formOf(rater);
    expect(await post(rater, { 'then.C2': '6', go: 'stop' })).toMatchObject({ location: '/stopped' });
    expect(rater.browser.cookies.has(`drieluik_form_${rater.response}`)).toBe(false);
    expect((await answers.load(rater.app.db, form)).then).toMatchObject({ C1: { value: 4 }, C2: { value: 6 } });
  });
});
