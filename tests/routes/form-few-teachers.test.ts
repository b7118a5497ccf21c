import { expect, it } from 'vitest';
import { load as intro } from '../../src/routes/(rater)/form/[response]/+page.server.ts';
import Intro from '../../src/routes/(rater)/form/[response]/+page.svelte';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { asSent } from '../support/page-body.ts';
import { render } from '../support/rendered.ts';
import { enterBy } from './form-support.ts';

const dataOf = (outcome: unknown) => (outcome as { data: object }).data;

/** The first page of somebody's form, at a school where so many teachers are asked. */
async function introOf(role: 'ib' | 'teacher', { teachers, mode }: { teachers: number; mode: 'protected' | 'open' }) {
  const app = await testApp();
  const cohort = await make.makeCohort(app.db, { secret: app.config.secret });
  await make.addSeries(app.db, cohort, { teachers });
  const { invited } = await make.openRound(app.db, cohort, { mode });
  const { browser, response } = await enterBy(app, make.inRole(invited, role));
  const at = { params: { response }, path: `/form/${response}` };
  const data = dataOf(await browser.run(intro, at));
  return render(Intro, asSent({ data })).body;
}

const CLOSED = 'Er zijn nu minder dan drie leerkrachten gevraagd';

it.each([1, 2])(
  'where %i teachers are asked in the protected form, they read before they begin that their side stays closed',
  async (teachers) => {
    const shown = await introOf('teacher', { teachers, mode: 'protected' });
    expect(shown).toContain(CLOSED);
    expect(shown).not.toMatch(/enige leerkracht|twee leerkrachten/);
    expect(await introOf('ib', { teachers, mode: 'protected' })).not.toContain(CLOSED);
    expect(await introOf('teacher', { teachers, mode: 'open' })).not.toContain(CLOSED);
  },
);

it('where three are asked nothing is said of it', async () => {
  expect(await introOf('teacher', { teachers: 3, mode: 'protected' })).not.toContain(CLOSED);
});
