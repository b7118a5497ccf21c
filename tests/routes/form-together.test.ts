import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import * as instruments from '#lib/server/instruments/service.ts';
import { load as layout } from '../../src/routes/(rater)/form/[response]/+layout.server.ts';
import { load as intro } from '../../src/routes/(rater)/form/[response]/+page.server.ts';
import Intro from '../../src/routes/(rater)/form/[response]/+page.svelte';
import { load as receipt } from '../../src/routes/(rater)/form/[response]/receipt/+page.server.ts';
import Receipt from '../../src/routes/(rater)/form/[response]/receipt/+page.svelte';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { asSent } from '../support/page-body.ts';
import { enterBy } from './form-support.ts';

const dataOf = (outcome: unknown) => (outcome as { data: object }).data;

it.each(['director', 'ib'] as const)(
  'a list of which all statements say "we" asks the %s about working together, not about somebody’s work',
  async (role) => {
    const app = await testApp();
    const pairs = (await instruments.list(app.db)).find(({ key }) => key === 'samenwerken-onder-spanning');
    const cohort = await make.makeCohort(app.db, { secret: app.config.secret });
    await make.addSeries(app.db, cohort, { teachers: 0 });
    const { invited } = await make.openRound(app.db, cohort, { instrumentVersionId: pairs?.id ?? '' });
    const { browser, response } = await enterBy(app, make.inRole(invited, role));
    const at = { params: { response }, path: `/form/${response}` };
    const shown = async (page: 'intro' | 'receipt') => {
      const own = page === 'intro' ? await browser.run(intro, at) : await browser.run(receipt, at);
      const data = { ...dataOf(await browser.run(layout, at)), ...dataOf(own) };
      return render(page === 'intro' ? Intro : Receipt, asSent({ data })).body;
    };
    const before = await shown('intro');
    expect(before).toContain('Hoe werken jullie samen?');
    expect(before).not.toMatch(/het werk van|eigen werk|hetzelfde werk/);
    await make.fillAndSubmit(app.db, make.inRole(invited, role));
    const after = await shown('receipt');
    expect(after).toContain('Over hoe jullie samenwerken.');
    expect(after).not.toMatch(/het werk van|eigen werk/);
  },
);
