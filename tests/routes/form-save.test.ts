import { beforeEach, describe, expect, it } from 'vitest';
import * as answers from '#lib/server/answers/service.ts';
import type { App } from '#lib/server/app.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import type { TestBrowser } from '../support/events.ts';
import * as make from '../support/factories.ts';
import { GET as getAnswers } from '../../src/routes/(rater)/form/[response]/answers/+server.ts';
import { PUT as putAnswer } from '../../src/routes/(rater)/form/[response]/answers/[aspect]/+server.ts';
import { PUT as putLookBack } from '../../src/routes/(rater)/form/[response]/look-back/[competency]/+server.ts';
import { PUT as putScale } from '../../src/routes/(rater)/form/[response]/scale/[competency]/+server.ts';
import { enterBy, openSchool, sessionIn } from './form-support.ts';

let app: App;
let cohort: make.TestCohort;
let round: make.TestRound;
let browser: TestBrowser;
let response: string;

beforeEach(async () => {
  ({ app, cohort, round } = await openSchool());
  ({ browser, response } = await enterBy(app, make.inRole(round.invited, 'teacher')));
});

const asJson = { 'content-type': 'application/json' };
const put = (aspect: string, body: object, form = response) =>
  browser.fetch(putAnswer, {
    ...{ params: { response: form, aspect }, method: 'PUT', headers: asJson, body: JSON.stringify(body) },
  });
const given = (score: number | null, changedAt = 1000) => ({ ...make.answer({ score }), changedAt });
const cookieOf = () => sessionIn(app, browser, response);
const stored = async () => {
  const form = await responses.open(app.db, response, cookieOf());
  return (await answers.load(app.db, form)).aspects;
};

describe('saving an answer by itself', () => {
  it('replies with the answer that is stored', async () => {
    expect(await put('C1.01', given(4))).toEqual({ status: 200, body: given(4) });
    expect(await stored()).toEqual({ 'C1.01': given(4) });
  });

  it('is harmless to repeat, and an older save does not overwrite a newer one', async () => {
    await put('C1.01', given(4, 2000));
    await put('C1.01', given(4, 2000));
    expect(await put('C1.01', given(1, 1000))).toEqual({ status: 200, body: given(4, 2000) });
    expect(await stored()).toEqual({ 'C1.01': given(4, 2000) });
  });

  it.each([
    ['a score of 6', 'C1.01', given(6), 400, 'score_out_of_range'],
    ['an aspect that is not in the list', 'C1.99', given(3), 400, 'unknown_aspect'],
    ['a score and "cannot judge" at once', 'C1.01', { ...given(3), cannotJudge: true }, 400, 'invalid_body'],
    ['a score in words', 'C1.01', { ...given(3), score: 'veel' }, 400, 'invalid_body'],
    ['an unknown reason', 'C1.01', { ...given(null), cannotJudge: true, reason: 'saai' }, 400, 'invalid_body'],
    ['a time before the calendar', 'C1.01', given(3, -1), 400, 'invalid_body'],
    ['nothing but braces', 'C1.01', {}, 400, 'invalid_body'],
    ['a remark that is too long', 'C1.01', { ...given(3), comment: 'x'.repeat(2001) }, 400, 'comment_too_long'],
    ['a remark that is far too long', 'C1.01', { ...given(3), comment: 'x'.repeat(20_000) }, 400, 'invalid_body'],
  ])('refuses %s with a message, and changes nothing', async (_, aspect, body, status, code) => {
    const reply = await put(aspect, body);
    expect(reply).toMatchObject({ status, body: { code, message: expect.stringMatching(/\.$/) } });
    expect(await stored()).toEqual({});
  });

  it.each([
    ['no body', {}],
    ['no body but a type', { headers: asJson }],
    ['a body of another type', { body: JSON.stringify(given(3)), headers: { 'content-type': 'text/plain' } }],
    ['broken JSON', { body: '{"score":', headers: asJson }],
    ['bytes that are no text', { body: new Uint8Array([0xff, 0xfe, 0x22]), headers: asJson }],
  ])('refuses a PUT with %s', async (_, request) => {
    const params = { response, aspect: 'C1.01' };
    const reply = await browser.fetch(putAnswer, { params, method: 'PUT', ...request });
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid_body' } });
    expect(await stored()).toEqual({});
  });

  it('refuses another rater’s response', async () => {
    const other = await enterBy(app, make.inRole(round.invited, 'director'));
    expect(await put('C1.01', given(3), other.response)).toMatchObject({ status: 404, body: { code: 'link_unknown' } });
  });

  it('refuses a form that was submitted', async () => {
    await put('C1.01', given(4));
    await responses.submit(app.db, response, cookieOf());
    expect(await put('C1.01', given(1, 5000))).toMatchObject({ status: 409, body: { code: 'response_submitted' } });
    expect(await stored()).toEqual({ 'C1.01': given(4) });
  });

  it('refuses a round that was closed', async () => {
    await rounds.close(app.db, cohort.trainer, round.id);
    expect(await put('C1.01', given(4))).toMatchObject({ status: 409, body: { code: 'round_closed' } });
  });

  it('refuses a database that cannot write, says so, and keeps what there was', async () => {
    await put('C1.01', given(4));
    const readonly = { ...app, db: app.readDb };
    const event = browser.event({
      ...{
        params: { response, aspect: 'C1.01' },
        method: 'PUT',
        headers: asJson,
        body: JSON.stringify(given(2, 9000)),
      },
    });
    const reply = await putAnswer({ ...event, locals: { app: readonly } } as Parameters<typeof putAnswer>[0]);
    expect(reply.status).toBe(503);
    expect(await reply.json()).toMatchObject({ code: 'database_read_only' });
    expect(await stored()).toEqual({ 'C1.01': given(4) });
  });
});

describe('saving before a teacher in open mode has chosen', () => {
  it('is refused', async () => {
    const school = await openSchool('open');
    const entered = await enterBy(school.app, make.inRole(school.round.invited, 'teacher'));
    const reply = await entered.browser.fetch(putAnswer, {
      ...{ params: { response: entered.response, aspect: 'C1.01' }, method: 'PUT', headers: asJson },
      body: JSON.stringify(given(3)),
    });
    expect(reply).toMatchObject({ status: 409, body: { code: 'consent_missing' } });
  });
});

describe('saving the scale question by itself', () => {
  const scale = (entered: { browser: TestBrowser; response: string }, competency: string, body: object) =>
    entered.browser.fetch(putScale, {
      ...{ params: { response: entered.response, competency }, method: 'PUT', headers: asJson },
      body: JSON.stringify(body),
    });

  it('keeps the IB’er’s number and notes; the newest stays', async () => {
    const ib = await enterBy(app, make.inRole(round.invited, 'ib'));
    const six = { value: 6, notes: ['Ik vraag door.', '', ''], changedAt: 20 };
    expect(await scale(ib, 'C1', six)).toEqual({ status: 200, body: six });
    expect(await scale(ib, 'C1', { value: 2, notes: [], changedAt: 10 })).toEqual({ status: 200, body: six });
  });

  it('is refused for a teacher, out of range, and without a body that fits', async () => {
    const ib = await enterBy(app, make.inRole(round.invited, 'ib'));
    const body = { value: 6, notes: [], changedAt: 20 };
    expect(await scale({ browser, response }, 'C1', body)).toMatchObject({
      status: 400,
      body: { code: 'unknown_aspect' },
    });
    expect(await scale(ib, 'C1', { ...body, value: 11 })).toMatchObject({ body: { code: 'score_out_of_range' } });
    expect(await scale(ib, 'C1', { value: 6 })).toMatchObject({ status: 400, body: { code: 'invalid_body' } });
  });
});

describe('saving a look-back question by itself', () => {
  const lookBack = (entered: { browser: TestBrowser; response: string }, competency: string, body: object) =>
    entered.browser.fetch(putLookBack, {
      ...{ params: { response: entered.response, competency }, method: 'PUT', headers: asJson },
      body: JSON.stringify(body),
    });

  it('replies with what is stored, once "now" is locked; the newest stays', async () => {
    await rounds.close(app.db, cohort.trainer, round.id);
    const second = await make.openRound(app.db, cohort);
    const ib = make.inRole(second.invited, 'ib');
    const entered = await enterBy(app, ib);
    const four = { value: 4, changedAt: 20 };
    const tooEarly = await lookBack(entered, 'C1', four);
    expect(tooEarly).toMatchObject({ status: 409, body: { code: 'look_back_not_available' } });
    await make.fillAndSubmit(app.db, ib);
    const stored = { status: 200, body: { value: 4, notes: [], changedAt: 20 } };
    expect(await lookBack(entered, 'C1', four)).toEqual(stored);
    expect(await lookBack(entered, 'C1', { value: 9, changedAt: 10 })).toEqual(stored);
    expect(await lookBack(entered, 'C1', { value: 11, changedAt: 30 })).toMatchObject({
      body: { code: 'score_out_of_range' },
    });
    expect(await lookBack(entered, 'C9', four)).toMatchObject({ body: { code: 'unknown_aspect' } });
    expect(await lookBack(entered, 'C1', { value: null, changedAt: 30 })).toMatchObject({
      ...{ status: 400, body: { code: 'invalid_body' } },
    });
  });
});

describe('what is stored, for a page that has been open while another device answered', () => {
  const get = (form = response) => browser.fetch(getAnswers, { params: { response: form } });

  it('is told in full, and whether the form may still be answered', async () => {
    await put('C1.01', given(4));
    const open = { writable: true, aspects: { 'C1.01': given(4) }, scales: {} };
    expect(await get()).toEqual({ status: 200, body: open });
    await rounds.close(app.db, cohort.trainer, round.id);
    expect(await get()).toEqual({ status: 200, body: { ...open, writable: false } });
  });

  it('is told to nobody else', async () => {
    const other = await enterBy(app, make.inRole(round.invited, 'director'));
    expect(await get(other.response)).toMatchObject({ status: 404, body: { code: 'link_unknown' } });
  });
});
