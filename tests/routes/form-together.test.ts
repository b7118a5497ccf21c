import { expect, it } from 'vitest';
import * as instruments from '#lib/server/instruments/service.ts';
import { load as intro } from '../../src/routes/(rater)/form/[response]/+page.server.ts';
import Intro from '../../src/routes/(rater)/form/[response]/+page.svelte';
import { load as receipt } from '../../src/routes/(rater)/form/[response]/receipt/+page.server.ts';
import Receipt from '../../src/routes/(rater)/form/[response]/receipt/+page.svelte';
import * as outbox from '../support/outbox.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { TestBrowser } from '../support/events.ts';
import { asSent } from '../support/page-body.ts';
import { render } from '../support/rendered.ts';
import { load as link } from '../../src/routes/(public)/f/[token]/+page.server.ts';
import Link from '../../src/routes/(public)/f/[token]/+page.svelte';
import { toConfirmation } from '../../src/routes/(school)/reports/[schoolRound]/to-confirmation.ts';
import { enterBy } from './form-support.ts';

const dataOf = (outcome: unknown) => (outcome as { data: object }).data;

const NOBODYS_WORK = /het werk van|eigen werk|hetzelfde werk|jouw werk|werk als|feedback aan|Over wie/;

async function pairAsked(secret?: string) {
  const app = await testApp();
  const pairs = (await instruments.list(app.db)).find(({ key }) => key === 'samenwerken-onder-spanning');
  const cohort = await make.makeCohort(app.db, { secret: secret ?? app.config.secret });
  await make.addSeries(app.db, cohort, { ib: 'Marloes Hendriks', teachers: 0 });
  const round = await make.openRound(app.db, cohort, { instrumentVersionId: pairs?.id ?? '' });
  return { app, round, invited: round.invited };
}

it.each(['director', 'ib'] as const)(
  'a list of which all statements say "we" asks the %s about working together, not about somebody’s work',
  async (role) => {
    const { app, invited } = await pairAsked();
    const { browser, response } = await enterBy(app, make.inRole(invited, role));
    const at = { params: { response }, path: `/form/${response}` };
    const shown = async (page: 'intro' | 'receipt') => {
      const own = page === 'intro' ? await browser.run(intro, at) : await browser.run(receipt, at);
      const data = dataOf(own);
      return render(page === 'intro' ? Intro : Receipt, asSent({ data })).body;
    };
    const before = await shown('intro');
    expect(before).toContain('Hoe werken jullie samen?');
    expect(before).not.toMatch(NOBODYS_WORK);
    await make.fillAndSubmit(app.db, make.inRole(invited, role));
    const after = await shown('receipt');
    expect(after).toContain('Over hoe jullie samenwerken.');
    expect(after).not.toMatch(NOBODYS_WORK);
  },
);

it.each(['director', 'ib'] as const)('its personal link tells the %s the same', async (role) => {
  const { app, invited } = await pairAsked();
  const { token } = make.inRole(invited, role);
  const data = dataOf(await new TestBrowser(app).run(link, { params: { token }, path: `/f/${token}` }));
  const { body } = render(Link, asSent({ data }));
  expect(body).toContain('hoe jullie samenwerken');
  expect(body).not.toMatch(NOBODYS_WORK);
  expect(body).toContain(role === 'ib' ? 'de directeur' : 'Marloes Hendriks');
});

it.each(['director', 'ib'] as const)('and so does every mail to the %s', async (role) => {
  const { app, round, invited } = await pairAsked(make.SECRET);
  const { personId, invitationId } = make.inRole(invited, role);
  for (const template of ['invitation', 'reminder', 'address_replaced', 'receipt'] as const) {
    if (template === 'receipt') await make.fillAndSubmit(app.db, make.inRole(invited, role));
    const about: Record<string, string> =
      template === 'invitation' || template === 'reminder' ? {} : { invitation: invitationId };
    const [mail] = await outbox.arrived(app.db, round.id, { template, to: { personId }, about });
    const told = `${mail?.subject} ${mail?.text}`.replace(/[ \r\n]+/g, ' ');
    expect(told, template).toMatch(/samenwerken|werken jullie samen/);
    expect(told, template).not.toMatch(NOBODYS_WORK);
  }
});

it('and the page on which a director confirms what the report is for', () => {
  const name = { schoolName: 'De Wilg', round: 'T0', ratee: 'Marloes Hendriks', isTogether: true };
  expect(toConfirmation(name, 'nl').lead).toBe(
    'Dit rapport gaat over hoe jij en Marloes Hendriks samenwerken. Het laat zien hoe jullie daar allebei naar kijken, om samen van te leren.',
  );
});
