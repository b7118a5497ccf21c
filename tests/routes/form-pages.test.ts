import { describe, expect, it } from 'vitest';
import { competencyOrder, type PageView } from '#lib/form/page-view.ts';
import type { PageValue } from '#lib/page/page-value.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import * as answers from '#lib/server/answers/service.ts';
import type { App } from '#lib/server/app.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import type { Outcome, TestBrowser } from '../support/events.ts';
import * as make from '../support/factories.ts';
import { actions as introActions, load as intro } from '../../src/routes/(rater)/form/[response]/+page.server.ts';
import { actions as pageActions, load as page } from '../../src/routes/(rater)/form/[response]/[page]/+page.server.ts';
import { load as lookBack } from '../../src/routes/(rater)/form/[response]/look-back/+page.server.ts';
import { actions as openActions, load as open } from '../../src/routes/(rater)/form/[response]/open/+page.server.ts';
import { load as receipt } from '../../src/routes/(rater)/form/[response]/receipt/+page.server.ts';
import { enterBy, openSchool, sessionIn } from './form-support.ts';

type Rater = { app: App; browser: TestBrowser; response: string };

const formOf = ({ app, browser, response }: Rater) =>
  responses.open(app.db, response, sessionIn(app, browser, response));
const answersOf = async (rater: Rater) => answers.load(rater.app.db, await formOf(rater));
const send = ({ browser, response }: Rater, code: string, fields: Record<string, string>) =>
  browser.post(pageActions['default'], { params: { response, page: code }, path: `/form/${response}/${code}`, fields });
/** What the page of a competency is made from. */
function shownBy(loaded: Outcome): { page: PageView; scale: unknown } {
  if (loaded.kind !== 'data') throw new Error('no page');
  return (loaded.data['shown'] as PageValue<{ page: PageView; scale: unknown }>).value;
}
const at = ({ response }: Pick<Rater, 'response'>, code = '') => ({ params: { response, page: code } });

async function enter(role: make.Invited['role'], mode: Mode = 'protected') {
  const school = await openSchool(mode);
  return { ...school, ...(await enterBy(school.app, make.inRole(school.round.invited, role))) };
}

describe('the introduction', () => {
  it('leads to the first page of the order that was drawn, and later to the first with something open', async () => {
    const rater = await enter('director');
    const first = await rater.browser.run(intro, at(rater));
    if (first.kind !== 'data') throw new Error('no introduction');
    const start = String(first.data['goOn']);
    expect(start).toMatch(/\/C[1-4]$/);
    expect(first.data).toMatchObject({ started: false, asksConsent: false, company: { teachers: 3 } });

    const code = start.slice(-2);
    const form = await formOf(rater);
    const list = await responses.instrumentOf(rater.app.db, form);
    const codes = [...list.aspectIds.keys()].filter((aspect) => aspect.startsWith(code));
    await send(rater, code, Object.fromEntries(codes.map((aspect) => [aspect, '3'])));
    const later = await rater.browser.run(intro, at(rater));
    expect(later).toMatchObject({ data: { started: true, goOn: expect.stringMatching(/\/C[1-4]$/) } });
    expect(later).not.toMatchObject({ data: { goOn: start } });
    const next = later.kind === 'data' ? String(later.data['goOn']).slice(-2) : '';
    await send(rater, next, { [`${next}.01`]: '3', [`${next}.02`]: 'C' });
    const amid = await rater.browser.run(intro, at(rater));
    expect(amid, 'the first statement that is open').toMatchObject({
      data: { goOn: `/form/${rater.response}/${next}#aspect-${next}.03` },
    });
  });

  it('asks a teacher in open mode, keeps the form closed without a choice, and lets the choice change', async () => {
    const rater = await enter('teacher', 'open');
    const choose = (fields: Record<string, string>) =>
      rater.browser.post(introActions['default'], { ...at(rater), fields });
    const missing = { kind: 'redirect', location: `/form/${rater.response}?consent=missing#consent-fault` };
    expect(await choose({})).toMatchObject(missing);
    expect(await choose({ consent: 'misschien' })).toMatchObject(missing);
    const told = await rater.browser.run(intro, { ...at(rater), path: '/form/x?consent=missing' });
    expect(told).toMatchObject({ data: { consent: null, consentMissing: true } });
    // A choice that was ticked goes along with the language switch, and is not stored by it.
    const ticked = await choose({ consent: 'yes', language: 'en' });
    expect(ticked).toMatchObject({ location: `/form/${rater.response}?consent=yes#consent` });
    const shown = await rater.browser.run(intro, { ...at(rater), path: '/form/x?consent=yes' });
    expect(shown).toMatchObject({ data: { consent: true, consentMissing: false } });
    expect((await formOf(rater)).consent).toBeNull();
    const toIntro = { kind: 'redirect', location: `/form/${rater.response}` };
    expect(await rater.browser.run(page, at(rater, 'C1'))).toMatchObject(toIntro);
    expect(await send(rater, 'C1', { 'C1.01': '4' })).toMatchObject(toIntro);
    expect((await answersOf(rater)).aspects).toEqual({});

    expect(await choose({ consent: 'yes' })).toMatchObject({ kind: 'redirect' });
    expect(await choose({ consent: 'no' })).toMatchObject({ kind: 'redirect' });
    expect((await formOf(rater)).consent).toBe(false);
  });
});

describe('a page of the form', () => {
  it('speaks to the IB’er in the first person and asks the scale question; others read about the IB’er', async () => {
    const ib = await enter('ib');
    const own = shownBy(await ib.browser.run(page, at(ib, 'C1')));
    expect(JSON.stringify(own)).toContain('"text":"Ik maak binnen een week tijd');
    expect(own).toMatchObject({ page: { scale: { followUps: expect.any(Array) } } });
    const director = await enterBy(ib.app, make.inRole(ib.round.invited, 'director'));
    const other = shownBy(await director.browser.run(page, at(director, 'C1')));
    expect(JSON.stringify(other)).toContain('"text":"De IB\'er maakt binnen een week tijd');
    expect(other).toMatchObject({ page: { scale: null }, scale: null });
  });

  it('speaks the language of the reader', async () => {
    const rater = await enter('teacher');
    const english = shownBy(await rater.browser.run(page, { ...at(rater, 'C1'), locale: 'en' }));
    expect(english).toMatchObject({ page: { title: 'Communicating with purpose' } });
  });

  it('is not there for a competency that is not in the list', async () => {
    const rater = await enter('teacher');
    expect(await rater.browser.run(page, at(rater, 'C9'))).toMatchObject({ kind: 'error', status: 404 });
  });
});

describe('a page that is sent without scripts', () => {
  it('stores scores, "cannot judge" with and without reason, flags and remarks, and goes on', async () => {
    const rater = await enter('teacher');
    const outcome = await send(rater, 'C1', {
      ...{ 'C1.01': '4', 'C1.02': 'C', 'C1.02.reason': 'not_seen', 'C1.03': 'C', 'C1.04.unclear': 'on' },
      ...{ 'C1.05': '5', 'C1.05.comment': 'Eerste regel\r\ntweede regel', 'C1.05.reason': 'unclear', go: 'next' },
    });
    expect(outcome).toMatchObject({ kind: 'redirect', status: 303 });
    const { aspects } = await answersOf(rater);
    const nothing = make.answer();
    expect(aspects).toMatchObject({
      'C1.01': { ...nothing, score: 4 },
      'C1.02': { ...nothing, cannotJudge: true, reason: 'not_seen' },
      'C1.03': { ...nothing, cannotJudge: true, reason: null },
      'C1.04': { ...nothing, unclear: true },
      'C1.05': { ...nothing, score: 5, reason: null, comment: 'Eerste regel\ntweede regel' },
    });
    expect(Object.keys(aspects)).toHaveLength(5);
  });

  it('writes only what changed since it was loaded', async () => {
    const rater = await enter('teacher');
    const form = await formOf(rater);
    const loaded = { aspects: { 'C1.01': make.answer({ score: 2 }), 'C1.02': make.answer({ score: 2 }) }, scale: null };
    // Another device has gone on since.
    await answers.save(rater.app.db, form, 'C1.01', make.answer({ score: 5 }), Date.now());
    await answers.save(rater.app.db, form, 'C1.02', make.answer({ score: 5 }), Date.now());
    await send(rater, 'C1', { 'C1.01': '2', 'C1.02': '1', before: JSON.stringify(loaded) });
    expect((await answersOf(rater)).aspects).toMatchObject({ 'C1.01': { score: 5 }, 'C1.02': { score: 1 } });
  });

  it('takes nothing back of a statement that never arrived, and a flag that was taken off', async () => {
    const rater = await enter('teacher');
    const flagged = make.answer({ score: 2, unclear: true });
    const codes = ['C1.01', 'C1.02'];
    for (const code of codes) await answers.save(rater.app.db, await formOf(rater), code, flagged, Date.now());
    const before = JSON.stringify({ aspects: Object.fromEntries(codes.map((code) => [code, flagged])), scale: null });
    await send(rater, 'C1', { 'C1.01': '2', 'C1.01.comment': '', before }); // the page broke off after the first
    expect((await answersOf(rater)).aspects).toMatchObject({ 'C1.01': { unclear: false }, 'C1.02': { unclear: true } });
  });

  it.each<[Record<string, string>, string]>([
    [{ 'C1.02': '6' }, 'C1.02'],
    [{ 'C1.02': '3.5' }, 'C1.02'],
    [{ 'C1.02': 'veel' }, 'C1.02'],
    [{ 'C1.02.comment': 'x'.repeat(2001) }, 'C1.02'],
  ])('is refused whole for %o, with the message at the aspect and what was typed kept', async (wrong, code) => {
    const rater = await enter('teacher');
    const outcome = await send(rater, 'C1', { 'C1.01': '4', 'C1.03.comment': 'blijft staan', ...wrong });
    expect(outcome).toMatchObject({
      ...{ kind: 'failure', status: 400 },
      data: {
        errors: { [code]: expect.any(String) },
        values: { aspects: { 'C1.01': { score: 4 }, 'C1.03': { comment: 'blijft staan' } } },
      },
    });
    expect((await answersOf(rater)).aspects).toEqual({});
  });

  it.each<Record<string, string>>([
    { 'C2.01': '3' },
    { 'C9.99': '3' },
    { before: 'geen json' },
    { before: '{"aspects":1}' },
  ])('is refused whole for %o, which no page of ours sends', async (wrong) => {
    const rater = await enter('teacher');
    const outcome = await send(rater, 'C1', { 'C1.01': '4', ...wrong });
    expect(outcome).toMatchObject({ kind: 'failure', status: 400, data: { message: expect.any(String) } });
    expect((await answersOf(rater)).aspects).toEqual({});
  });

  it('keeps the IB’er’s scale question, and refuses 11', async () => {
    const rater = await enter('ib');
    await send(rater, 'C1', { 'scale.C1': '0', 'scale.C1.note.1': 'met de leraren van groep 3' });
    const zero = { value: 0, notes: ['', 'met de leraren van groep 3', ''] };
    expect((await answersOf(rater)).now).toMatchObject({ C1: zero });
    const refused = await send(rater, 'C1', { 'scale.C1': '11' });
    expect(refused).toMatchObject({ kind: 'failure', data: { errors: { C1: expect.any(String) } } });
    expect((await answersOf(rater)).now).toMatchObject({ C1: zero });
  });

  it('goes where the button says, and has saved by then', async () => {
    const rater = await enter('teacher');
    const path = `/form/${rater.response}`;
    const { previous, next } = shownBy(await rater.browser.run(page, at(rater, 'C1'))).page;
    const go = async (button: string, extra = {}) => {
      const outcome = await send(rater, 'C1', { 'C1.01': '4', go: button, ...extra });
      return outcome.kind === 'redirect' ? outcome.location : outcome;
    };
    expect(await go('next')).toBe(`${path}/${next ?? 'open'}`);
    expect(await go('back')).toBe(previous === null ? path : `${path}/${previous}`);
    expect(await go('language', { language: 'en', 'C1.02': '2' })).toBe(`${path}/C1`);
    expect(rater.browser.cookies.get('language')?.value).toBe('en');
    expect((await answersOf(rater)).aspects).toMatchObject({ 'C1.01': { score: 4 }, 'C1.02': { score: 2 } });
    expect(await go('stop')).toBe('/stopped');
    expect(rater.browser.cookies.has(`drieluik_form_${rater.response}`)).toBe(false);
  });
});

describe('the last look', () => {
  it('comes again after a page that was opened from it, in the other language too', async () => {
    const rater = await enter('teacher');
    const form = await formOf(rater);
    const { instrument } = await responses.instrumentOf(rater.app.db, form);
    const [code = ''] = competencyOrder(instrument, form.pageSeed);
    const path = `/form/${rater.response}/${code}?from=open`;
    const given = { ...at(rater, code), path };
    expect(shownBy(await rater.browser.run(page, at(rater, code))).page.next).not.toBeNull();
    expect(shownBy(await rater.browser.run(page, given)).page.next).toBeNull();
    const go = (fields: Record<string, string>) => rater.browser.post(pageActions['default'], { ...given, fields });
    expect(await go({ go: 'next' })).toMatchObject({ location: `/form/${rater.response}/open` });
    expect(await go({ go: 'language', language: 'en' })).toMatchObject({ location: path });
  });

  it('names what is open in the order of the pages, and lets it be submitted all the same', async () => {
    const rater = await enter('ib');
    await send(rater, 'C1', { 'C1.01': '4', 'C1.02': 'C' });
    const look = await rater.browser.run(open, at(rater));
    expect(look).toMatchObject({ data: { aspects: 93, openAspects: 91, consent: null } });
    const pages = (look.kind === 'data' ? look.data['open'] : []) as { code: string; aspects: object[] }[];
    expect(pages.find(({ code }) => code === 'C1')?.aspects[0]).toMatchObject({ code: 'C1.03', number: 3 });
    // A scale question may be skipped: it is offered, and not called open.
    const form = await formOf(rater);
    const { aspectIds } = await responses.instrumentOf(rater.app.db, form);
    const entries = [...aspectIds.keys()].map((code) => ({
      ...{ code, before: make.answer(), after: make.answer({ score: 3 }) },
    }));
    await answers.savePage(rater.app.db, form, { aspects: entries, scales: [] });
    const done = await rater.browser.run(open, at(rater));
    expect(done).toMatchObject({ data: { openAspects: 0, open: [] } });
    expect(done.kind === 'data' && done.data['scales']).toHaveLength(4);
    const submitted = await rater.browser.post(openActions['default'], at(rater));
    expect(submitted).toMatchObject({ kind: 'redirect', location: `/form/${rater.response}/receipt` });
    expect((await formOf(rater)).status).toBe('submitted');
  });
});

describe('after submitting', () => {
  it('every page leads to the receipt with the own answers, and nothing changes any more', async () => {
    const rater = await enter('teacher');
    await send(rater, 'C1', { 'C1.01': '4' });
    await rater.browser.post(openActions['default'], at(rater));
    const toReceipt = { kind: 'redirect', location: `/form/${rater.response}/receipt` };
    for (const load of [intro, open]) expect(await rater.browser.run(load, at(rater))).toMatchObject(toReceipt);
    expect(await rater.browser.run(page, at(rater, 'C1'))).toMatchObject(toReceipt);
    expect(await send(rater, 'C1', { 'C1.01': '1' })).toMatchObject(toReceipt);
    expect(await rater.browser.run(lookBack, at(rater))).toMatchObject({ kind: 'error', status: 404 });
    const own = await rater.browser.run(receipt, at(rater));
    expect(own).toMatchObject({
      data: { submittedAt: expect.any(String), aspects: { 'C1.01': { score: 4 } }, lookBack: null },
    });
  });

  it('a second click on Submit leads to the receipt too', async () => {
    const rater = await enter('teacher');
    const [one, two] = await Promise.all([
      rater.browser.post(openActions['default'], at(rater)),
      rater.browser.post(openActions['default'], at(rater)),
    ]);
    expect(two).toEqual(one);
  });

  it('a form that was not submitted when the round closed says so and keeps the answers readable', async () => {
    const rater = await enter('teacher');
    await send(rater, 'C1', { 'C1.01': '4' });
    await rounds.close(rater.app.db, rater.cohort.trainer, rater.round.id);
    expect(await rater.browser.run(page, at(rater, 'C1'))).toMatchObject({ kind: 'redirect' });
    const late = await rater.browser.post(openActions['default'], at(rater));
    expect(late).toMatchObject({ kind: 'failure', status: 409, data: { code: 'round_closed' } });
    const own = await rater.browser.run(receipt, at(rater));
    expect(own).toMatchObject({ data: { submittedAt: null, wasReopened: false, aspects: { 'C1.01': { score: 4 } } } });
  });

  it('a form that was opened once more and not submitted again says that, not that it never was', async () => {
    const rater = await enter('teacher');
    await send(rater, 'C1', { 'C1.01': '4' });
    await rater.browser.post(openActions['default'], at(rater));
    const { app, cohort, round } = rater;
    const { invitationId } = make.inRole(round.invited, 'teacher');
    await invitations.reopen(app.db, cohort.trainer, invitationId);
    await rounds.close(app.db, cohort.trainer, round.id);
    const own = await rater.browser.run(receipt, at(rater));
    expect(own).toMatchObject({ data: { submittedAt: null, wasReopened: true, isEmpty: false } });
    await app.db.deleteFrom('answer').execute();
    expect(await rater.browser.run(receipt, at(rater))).toMatchObject({ data: { isEmpty: true } });
  });
});
