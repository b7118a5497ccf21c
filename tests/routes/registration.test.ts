import type { Component } from 'svelte';
import { describe, expect, it } from 'vitest';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { registrationToken } from '#lib/server/ids.ts';
import { LIMITS, take } from '#lib/server/limits/guesses-service.ts';
import * as registrations from '#lib/server/registrations/service.ts';
import { dayText } from '#lib/text/dates.ts';
import { actions as enter, load as follow } from '../../src/routes/(public)/r/[token]/+page.server.ts';
import { actions as register, load as invitation } from '../../src/routes/(public)/register/[cohort]/+page.server.ts';
import RegisterPage from '../../src/routes/(public)/register/[cohort]/+page.svelte';
import OwnPage from '../../src/routes/(public)/registration/[entry]/+page.svelte';
import { actions as own, load as ownPage } from '../../src/routes/(public)/registration/[entry]/+page.server.ts';
import { actions as withdraw } from '../../src/routes/(public)/registration/[entry]/withdraw/+page.server.ts';
import { actions as giving } from '../../src/routes/(trainer)/cohorts/[cohort]/registration/+page.server.ts';
import { actions as settings } from '../../src/routes/(trainer)/cohorts/[cohort]/registration/settings/+page.server.ts';
import { testApp } from '../support/database.ts';
import { TestBrowser, type Given, type Outcome } from '../support/events.ts';
import * as make from '../support/factories.ts';
import { send } from '../support/page-event.ts';
import { giveAll, register as enrol, school, SETTINGS } from '../support/registering.ts';
import { render } from '../support/rendered.ts';

const FIELDS = {
  ...{ school: 'De Linde', brin: '', ibName: 'Ineke', ibEmail: 'ineke@linde.example', language: 'nl', agreed: 'yes' },
  ...{ directorName: '', directorEmail: '' },
};

/** A cohort that schools register for, and a browser with the link. */
async function opened() {
  const app = await testApp();
  const { db, config } = app;
  const cohort = await make.makeCohort(db, { secret: config.secret });
  const far = { ...SETTINGS, lastOn: '2098-12-01', startsOn: '2099-01-14' };
  await registrations.save(db, cohort.trainer, cohort.id, null, far, new Date());
  const url = await registrations.makeLink(db, cohort.trainer, '', cohort.id, new Date());
  const token = url.split('/').at(-1) ?? '';
  const browser = new TestBrowser(app);
  const link = { params: { token }, path: `/r/${token}` };
  return { app, cohort, browser, link, page: { params: { cohort: cohort.id }, path: `/register/${cohort.id}` } };
}

describe('the link to register a school', () => {
  it('leads by its button to an address without the token, and looking at it changes nothing', async () => {
    const { browser, link, page, cohort } = await opened();
    expect(await browser.run(follow, link)).toMatchObject({ data: { school: null, isTaking: true } });
    expect(await browser.run(invitation, page)).toMatchObject({ status: 404, code: 'link_unknown' });
    expect(browser.cookies.size).toBe(0);
    expect(await browser.post(enter.default, link)).toMatchObject({ location: `/register/${cohort.id}` });
    expect(browser.cookies.get(`drieluik_register_${cohort.id}`)?.options).toMatchObject({
      ...{ path: `/register/${cohort.id}`, httpOnly: true, sameSite: 'lax' },
    });
    expect(await browser.run(invitation, page)).toMatchObject({ data: { isBelow: true, isTaking: true } });
  });

  it('keeps what was typed where something is wrong, and asks whether everybody knows of it', async () => {
    const { browser, link, page } = await opened();
    await browser.post(enter.default, link);
    const fields = { ...FIELDS, brin: '12', directorEmail: 'ineke@linde.example', agreed: '' };
    expect(await browser.post(register.default, { ...page, fields })).toMatchObject({
      kind: 'failure',
      data: {
        values: { school: 'De Linde', brin: '12' },
        errors: {
          ...{ brin: expect.any(String), directorName: expect.any(String), directorEmail: expect.any(String) },
          agreed: expect.any(String),
        },
      },
    });
  });

  it('answers the same whether the school was there or not, and after very many with when to go on', async () => {
    const { app, browser, link, page } = await opened();
    await browser.post(enter.default, link);
    const thanks = { kind: 'redirect', location: `${page.path}?thanks=yes` };
    for (let time = 0; time < LIMITS.registration.times; time += 1) {
      expect(await browser.post(register.default, { ...page, fields: FIELDS })).toMatchObject(thanks);
    }
    expect(await browser.post(register.default, { ...page, fields: FIELDS })).toMatchObject({
      ...{ kind: 'failure', status: 429, data: { values: FIELDS } },
    });
    expect(await app.db.selectFrom('registration_entry').select('id').execute()).toHaveLength(1);
  });
});

/** A school that registered, in a browser with its own link. */
async function registered() {
  const { app, cohort, browser, link, page } = await opened();
  await browser.post(enter.default, link);
  await browser.post(register.default, { ...page, fields: FIELDS });
  const { id } = await app.db.selectFrom('registration_entry').select('id').executeTakeFirstOrThrow();
  const token = registrationToken(app.config.secret, id, 1);
  const own = new TestBrowser(app);
  await own.post(enter.default, { params: { token }, path: `/r/${token}` });
  return { app, cohort, browser: own, at: { params: { entry: id }, path: `/registration/${id}` } };
}

describe('a school’s own link', () => {
  it('mails so many addresses a day and no more, and keeps what was typed', async () => {
    const { app, browser, at } = await registered();
    const fieldsOf = (time: number) => ({ ...FIELDS, ibEmail: `ib${time}@linde.example`, version: String(time) });
    const { times } = LIMITS.registrationChange;
    for (let time = 1; time <= times; time += 1) {
      expect(await browser.post(own.save, { ...at, fields: fieldsOf(time) })).toMatchObject({ kind: 'redirect' });
    }
    const mails = () => app.db.selectFrom('mail').select('id').execute();
    const before = await mails();
    const fields = fieldsOf(times + 1);
    const refused = await browser.post(own.save, { ...at, fields });
    expect(refused).toMatchObject({ kind: 'failure', status: 429, data: { values: fields } });
    const tomorrow = dayText(new Date(Date.now() + LIMITS.registrationChange.seconds * 1000).toISOString(), 'nl');
    expect(refused).toMatchObject({ data: { message: expect.stringContaining(tomorrow) as string } });
    expect(await mails()).toEqual(before);
  });

  it('counts with what the same client registers', async () => {
    const { app, browser, at } = await registered();
    const { times } = LIMITS.registration;
    for (let time = 1; time < times; time += 1) {
      await take(app.db, app.config, LIMITS.registration, '192.0.2.1', new Date());
    }
    expect(await browser.post(own.save, { ...at, fields: { ...FIELDS, version: '1' } })).toMatchObject({ status: 429 });
  });

  it('shows, changes and withdraws the registration, and goes on where the address changes', async () => {
    const { app, browser, link, page } = await opened();
    await browser.post(enter.default, link);
    await browser.post(register.default, { ...page, fields: FIELDS });
    const { id } = await app.db.selectFrom('registration_entry').select('id').executeTakeFirstOrThrow();
    const token = registrationToken(app.config.secret, id, 1);
    const other = new TestBrowser(app);
    const at = { params: { entry: id }, path: `/registration/${id}` };
    expect(await browser.run(ownPage, at)).toMatchObject({ status: 404, code: 'link_unknown' });
    const ownLink = { params: { token }, path: `/r/${token}` };
    expect(await other.run(follow, ownLink)).toMatchObject({ data: { school: 'De Linde' } });
    expect(await other.post(enter.default, ownLink)).toMatchObject({ location: at.path });
    expect(await other.run(ownPage, at)).toMatchObject({ data: { state: 'received', mayChange: true } });
    const fields = { ...FIELDS, ibEmail: 'nieuw@linde.example', version: '1' };
    expect(await other.post(own.save, { ...at, fields })).toMatchObject({
      location: `${at.path}?done=registration_changed`,
    });
    expect(await other.run(ownPage, at)).toMatchObject({ data: { values: { ibEmail: 'nieuw@linde.example' } } });
    expect(await other.post(own.save, { ...at, fields })).toMatchObject({ kind: 'failure', status: 409 });
    await other.post(withdraw.default, at);
    expect(await other.run(ownPage, at)).toMatchObject({ data: { state: 'withdrawn', values: { ibEmail: '' } } });
    await other.post(own.leave, at);
    expect(other.cookies.size).toBe(0);
  });
});

describe('giving places while one school cannot come into the cohort', () => {
  const give = async ({ app, cohort }: Pick<Awaited<ReturnType<typeof opened>>, 'app' | 'cohort'>) => {
    const { lines } = await registrations.assertThere(app.db, cohort.trainer, cohort.id, new Date());
    const seen = lines.flatMap(({ id, state }) => (state === 'next' ? [id] : [])).join(' ');
    const params = { cohort: cohort.id };
    return send(giving, 'give', { app, actor: cohort.trainer, params, form: { seen } });
  };

  it('names the school without a director while a round is open, and says what to do', async () => {
    const { app, cohort, link } = await opened();
    await make.addSeries(app.db, cohort, { teachers: 0 });
    await make.openRound(app.db, cohort);
    const { token } = link.params;
    await enrol(app.db, cohort, token, school('De Brink', { pair: true }), new Date());
    await enrol(app.db, cohort, token, school('De Linde'), new Date());
    const message = expect.stringMatching(/De Linde.*Trek de aanmelding.*of wacht/);
    const shown = { code: 'school_round_incomplete', message };
    expect(await give({ app, cohort })).toMatchObject({ status: 409, shown });
  });

  it('names the school of which somebody has another role', async () => {
    const { app, cohort, link } = await opened();
    const series = await make.addSeries(app.db, cohort, { school: 'De Klimop', director: null, teachers: 1 });
    const { team } = await cohorts.getSeries(app.db, cohort.trainer, series);
    const emailOf = (role: string) => team.find((member) => member.role === role)?.email ?? '';
    const [ib, director] = [emailOf('ib'), emailOf('teacher')].map((email) => ({ name: 'Iemand', email }));
    if (!ib || !director) throw new Error('the team is not whole');
    const given = { ...school('De Klimop'), ib, director };
    await enrol(app.db, cohort, link.params.token, given, new Date());
    const message = expect.stringMatching(/De Klimop.*Deze persoon doet.*trek de aanmelding/);
    expect(await give({ app, cohort })).toMatchObject({ status: 409, shown: { code: 'person_has_role', message } });
  });
});

describe('a form that is no longer offered when it is sent', () => {
  const fields = { ...FIELDS, directorName: 'Dirkje Nieuw', directorEmail: 'dirkje@linde.example', version: '1' };
  const url = new URL('http://localhost:3000/');

  /** The page that comes back, as a browser without scripts shows it. */
  async function answered(
    load: typeof ownPage,
    page: typeof OwnPage | typeof RegisterPage,
    browser: TestBrowser,
    at: Given,
    sent: Outcome,
  ) {
    expect(sent.kind).toBe('failure');
    const shown = await browser.run(load, at);
    const props = {
      data: 'data' in shown ? shown.data : {},
      form: 'data' in sent ? sent.data : null,
      params: at.params,
    };
    const context = new Map([['__request__', { page: { url, data: {}, state: {} } }]]);
    return render(page as Component, { props, context }).body;
  }

  it('says of a school that has a place meanwhile why, and what was typed', async () => {
    const { app, cohort, browser, at } = await registered();
    await giveAll(app.db, cohort, new Date());
    for (const typed of [fields, { ...fields, agreed: '' }]) {
      const body = await answered(
        ownPage,
        OwnPage,
        browser,
        at,
        await browser.post(own.save, { ...at, fields: typed }),
      );
      expect(body).toContain('Jullie hebben intussen een plaats');
      expect(body).toContain('Dirkje Nieuw');
    }
  });

  it('says so where registering closed meanwhile', async () => {
    const { app, cohort, browser, link, page } = await opened();
    await browser.post(enter.default, link);
    await registrations.setClosed(app.db, cohort.trainer, cohort.id, true, new Date());
    const sent = await browser.post(register.default, { ...page, fields });
    const body = await answered(invitation as never, RegisterPage, browser, page, sent);
    expect(body).toContain('de aanmelding is gesloten');
    expect(body).toContain('Dirkje Nieuw');
  });
});

describe('what a trainer sets', () => {
  it('is refused at its field: a number, a day that is over, a last day after the first, fewer than the fewest', async () => {
    const { app, cohort } = await opened();
    const form = {
      min: '8',
      max: '6',
      pairs: 'yes',
      lastOn: '01-12-2020',
      startsOn: 'morgen',
      about: '',
      version: '1',
    };
    const params = { cohort: cohort.id };
    const answer = await send(settings, 'default', { app, actor: cohort.trainer, params, form });
    expect(answer).toMatchObject({ status: 400, shown: { values: form } });
    const { errors } = (answer as { shown: { errors: Record<string, string> } }).shown;
    expect(Object.keys(errors).toSorted()).toEqual(['lastOn', 'max', 'startsOn']);
    const wrong = { ...form, min: 'veel', max: '', lastOn: '2099-02-01', startsOn: '2099-01-01' };
    expect(await send(settings, 'default', { app, actor: cohort.trainer, params, form: wrong })).toMatchObject({
      shown: { errors: { min: expect.any(String), lastOn: expect.any(String) } },
    });
  });
});
