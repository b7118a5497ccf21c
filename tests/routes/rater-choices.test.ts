import { describe, expect, it } from 'vitest';
import { actions as linkActions, load as link } from '../../src/routes/(public)/f/[token]/+page.server.ts';
import {
  actions as receiptActions,
  load as receipt,
} from '../../src/routes/(rater)/form/[response]/receipt/+page.server.ts';
import * as make from '../support/factories.ts';
import { TestBrowser } from '../support/events.ts';
import { enterBy, openSchool } from './form-support.ts';

/** The presses by which whoever fills in chooses about the own form. */

describe('the page of a personal link', () => {
  it('takes "no reminders" and its undoing, without entering the form', async () => {
    const { app, round } = await openSchool();
    const { token } = make.inRole(round.invited, 'teacher');
    const browser = new TestBrowser(app);
    const at = { params: { token }, path: `/f/${token}` };
    for (const [reminders, isQuiet] of [
      ['stop', true],
      ['go_on', false],
    ] as const) {
      const sent = await browser.post(linkActions['default'], { ...at, fields: { reminders } });
      expect(sent).toMatchObject({ kind: 'redirect', location: `/f/${token}#reminders` });
      expect(await browser.run(link, at)).toMatchObject({ data: { isQuiet, state: 'fresh' } });
    }
    expect([...browser.cookies.keys()]).toEqual([]);
  });
});

it('somebody without an address is offered no end to reminders, for none come', async () => {
  const { app, round } = await openSchool();
  const { token, personId } = make.inRole(round.invited, 'teacher');
  const at = { params: { token }, path: `/f/${token}` };
  expect(await new TestBrowser(app).run(link, at)).toMatchObject({ data: { hasAddress: true } });
  await app.db.updateTable('person').set({ email: null }).where('id', '=', personId).execute();
  expect(await new TestBrowser(app).run(link, at)).toMatchObject({ data: { hasAddress: false } });
});

describe('the receipt', () => {
  async function submitted(mode: 'protected' | 'open') {
    const { app, round } = await openSchool(mode);
    const teacher = make.inRole(round.invited, 'teacher');
    await make.fillAndSubmit(app.db, teacher);
    const { browser, response } = await enterBy(app, teacher);
    return { browser, at: { params: { response }, path: `/form/${response}/receipt` }, teacher };
  }

  it('takes a yes back', async () => {
    const { browser, at } = await submitted('open');
    expect(await browser.run(receipt, at)).toMatchObject({ data: { consent: true } });
    const sent = await browser.post(receiptActions['take_back'], at);
    expect(sent).toMatchObject({ kind: 'redirect', location: `${at.path}#consent` });
    expect(await browser.run(receipt, at)).toMatchObject({ data: { consent: false } });
  });

  it('ends the link once that is ticked, and leads to a page that says so', async () => {
    const { browser, at, teacher } = await submitted('protected');
    expect(await browser.post(receiptActions['end_link'], at)).toMatchObject({ status: 400 });
    expect(await browser.run(receipt, at)).toMatchObject({ kind: 'data' });
    const sent = await browser.post(receiptActions['end_link'], { ...at, fields: { sure: 'yes' } });
    expect(sent).toMatchObject({ kind: 'redirect', location: '/stopped?link=ended' });
    const again = await browser.run(link, { params: { token: teacher.token }, path: `/f/${teacher.token}` });
    expect(again).toMatchObject({ kind: 'error', status: 404 });
  });
});
