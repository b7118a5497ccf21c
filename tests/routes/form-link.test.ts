import { describe, expect, it } from 'vitest';
import { newToken } from '#lib/server/ids.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { TestBrowser } from '../support/events.ts';
import * as make from '../support/factories.ts';
import { actions, load } from '../../src/routes/(public)/f/[token]/+page.server.ts';
import { load as intro } from '../../src/routes/(rater)/form/[response]/+page.server.ts';
import { load as receipt } from '../../src/routes/(rater)/form/[response]/receipt/+page.server.ts';
import { actions as stop, load as stopPage } from '../../src/routes/(rater)/form/[response]/stop/+page.server.ts';
import { enterBy, openSchool } from './form-support.ts';

const at = (token: string) => ({ params: { token }, path: `/f/${token}` });

describe('the page of a personal link', () => {
  it('shows whose form it is, and looking at it changes nothing', async () => {
    const { app, cohort, round } = await openSchool();
    const { token } = make.inRole(round.invited, 'teacher');
    const browser = new TestBrowser(app);
    const outcome = await browser.run(load, at(token));
    expect(outcome).toMatchObject({
      data: {
        role: 'teacher',
        raterName: 'Leerkracht 1',
        rateeName: 'Marloes Hendriks',
        roundName: 'T0',
        state: 'fresh',
      },
    });
    const [school] = await rounds.progress(app.db, cohort.trainer, round.id);
    expect(school?.raters.every((rater) => rater.status === null)).toBe(true);
    expect(browser.cookies.size).toBe(0);
  });

  it('starts the session with its button: a cookie for this form only, and an address without the token', async () => {
    const { app, round } = await openSchool();
    const { browser, response } = await enterBy(app, make.inRole(round.invited, 'teacher'));
    const cookie = browser.cookies.get(`drieluik_form_${response}`);
    expect(cookie?.options).toMatchObject({
      path: `/form/${response}`,
      httpOnly: true,
      sameSite: 'lax',
      secure: false,
    });
    expect(await browser.run(intro, { params: { response } })).toMatchObject({
      data: { form: { id: response, role: 'teacher' } },
    });
  });

  it('answers alike for links that never were, that are planned and that were replaced', async () => {
    const { app, cohort } = await openSchool();
    const planned = await make.planRound(app.db, cohort, { name: 'T1' });
    const browser = new TestBrowser(app);
    const tokens = [newToken(), 'x', '', planned, `${newToken()}/../`];
    const outcomes = await Promise.all(tokens.map((token) => browser.run(load, at(token))));
    expect(outcomes[0]).toMatchObject({ kind: 'error', status: 404, code: 'link_unknown' });
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    expect(await browser.post(actions['default'], at(newToken()))).toEqual(outcomes[0]);
    expect(browser.cookies.size).toBe(0);
  });

  it('says when a trainer has copied the link, and so does the receipt', async () => {
    const { app, cohort, round } = await openSchool();
    const person = make.inRole(round.invited, 'teacher');
    const other = make.inRole(round.invited, 'director');
    const browser = new TestBrowser(app);
    expect(await browser.run(load, at(person.token))).toMatchObject({ data: { copiedAt: null } });
    const settings = { secret: person.secret, publicUrl: app.config.publicUrl };
    await invitations.copyLink(app.db, cohort.trainer, settings, person.invitationId);
    const copiedAt = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    expect(await browser.run(load, at(person.token))).toMatchObject({ data: { copiedAt } });
    expect(await browser.run(load, at(other.token))).toMatchObject({ data: { copiedAt: null } });
    await make.fillAndSubmit(app.db, person);
    const entered = await enterBy(app, person);
    expect(await entered.browser.run(receipt, { params: { response: entered.response } })).toMatchObject({
      data: { copy: { at: copiedAt, isOver: false } },
    });
  });

  it('switches the language without starting anything, also where the link does not work', async () => {
    const { app } = await openSchool();
    const browser = new TestBrowser(app);
    const outcome = await browser.post(actions['default'], { ...at('gone'), fields: { language: 'en' } });
    expect(outcome).toEqual({ kind: 'redirect', status: 303, location: '/f/gone' });
    expect(browser.cookies.get('language')?.value).toBe('en');
  });
});

describe('a form without a session', () => {
  it('is not there: without a cookie, and with the cookie of another form', async () => {
    const { app, round } = await openSchool();
    const mine = await enterBy(app, make.inRole(round.invited, 'teacher'));
    const theirs = await enterBy(app, make.inRole(round.invited, 'director'));
    const refused = { kind: 'error', status: 404, code: 'link_unknown' };
    const stranger = new TestBrowser(app);
    expect(await stranger.run(intro, { params: { response: mine.response } })).toMatchObject(refused);
    expect(await stranger.run(stopPage, { params: { response: mine.response } })).toMatchObject(refused);
    mine.browser.cookies.set(`drieluik_form_${theirs.response}`, {
      value: mine.browser.cookies.get(`drieluik_form_${mine.response}`)?.value ?? '',
      options: {},
    });
    expect(await mine.browser.run(intro, { params: { response: theirs.response } })).toMatchObject(refused);
  });

  it('comes after Stop, until the link is opened again', async () => {
    const { app, round } = await openSchool();
    const person = make.inRole(round.invited, 'teacher');
    const { browser, response } = await enterBy(app, person);
    const kept = new Map(browser.cookies);
    expect(await browser.post(stop['default'], { params: { response } })).toMatchObject({ location: '/stopped' });
    expect(browser.cookies.size).toBe(0);
    // A copy of the cookie is of no use either.
    for (const [name, cookie] of kept) browser.cookies.set(name, cookie);
    expect(await browser.run(intro, { params: { response } })).toMatchObject({ status: 404 });
    expect((await enterBy(app, person)).response).toBe(response);
  });

  it('is not there under an address that no form can have', async () => {
    const { app } = await openSchool();
    const browser = new TestBrowser(app);
    const given = { params: { response: 'a;b c' } };
    const refused = { kind: 'error', status: 404, code: 'link_unknown' };
    expect(await browser.post(stop['default'], given)).toMatchObject(refused);
    expect(await browser.run(intro, given)).toMatchObject(refused);
  });
});
