import { expect, it } from 'vitest';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import { load as intro } from '../../src/routes/(rater)/form/[response]/+page.server.ts';
import Intro from '../../src/routes/(rater)/form/[response]/+page.svelte';
import { load as receipt } from '../../src/routes/(rater)/form/[response]/receipt/+page.server.ts';
import Receipt from '../../src/routes/(rater)/form/[response]/receipt/+page.svelte';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { asSent } from '../support/page-body.ts';
import { render } from '../support/rendered.ts';
import { enterBy } from './form-support.ts';

const dataOf = (outcome: unknown) => (outcome as { data: object }).data;

/** An open round of a list without directors in open mode, and how its pages are sent to its raters. */
async function stage(teachers: number) {
  const app = await testApp();
  const trainer = await make.makeTrainer(app.db, { admin: true });
  const cohort = await make.makeCohort(app.db, { secret: app.config.secret, trainer });
  const shipped = shippedInstrument();
  const roles = shipped.roles.filter(({ key }) => key !== 'director');
  const list = await drafts.addImported(app.db, trainer, { ...shipped, key: 'for-two', version: '1', roles });
  await drafts.publish(app.db, trainer, list, 1);
  await make.addSeries(app.db, cohort, { teachers });
  const { invited } = await make.openRound(app.db, cohort, { mode: 'open', instrumentVersionId: list });
  const sent = async (role: 'ib' | 'teacher', page: 'intro' | 'receipt') => {
    const { browser, response } = await enterBy(app, make.inRole(invited, role));
    const at = { params: { response }, path: `/form/${response}` };
    const own = await (page === 'intro' ? browser.run(intro, at) : browser.run(receipt, at));
    const data = dataOf(own);
    return render(page === 'intro' ? Intro : Receipt, asSent({ data })).body;
  };
  return { db: app.db, invited, sent };
}

it.each([1, 2])(
  'a list without directors names none to %i teachers in open mode, or to the IB’er',
  async (teachers) => {
    const { db, invited, sent } = await stage(teachers);
    const before = await sent('teacher', 'intro');
    expect(before).toContain('ziet ze als die van de leerkracht');
    expect(before).not.toMatch(/directeur|driehoek/);
    expect(await sent('ib', 'intro')).not.toContain('directeur');
    for (const person of invited) await make.fillAndSubmit(db, person);
    // The statements below may speak of directors; what is said of the report may not.
    const [after] = (await sent('teacher', 'receipt')).split('own-title');
    expect(after).toContain('Mijn ja terugnemen');
    expect(after).not.toContain('directeur');
    expect(await sent('ib', 'receipt')).toContain('komt er een rapport voor jou.');
  },
);
