import { expect, it } from 'vitest';
import Page from '../../src/routes/(school)/reports/+page.svelte';
import { load } from '../../src/routes/(school)/reports/+page.server.ts';
import { testApp } from '../support/database.ts';
import { render } from '../support/rendered.ts';
import { closedRound, visit } from '../support/school-reports.ts';

type Loaded = { reports: { id: string; round: string }[] };

it('the list of reports has the own released ones, the newest first', async () => {
  const app = await testApp();
  const first = await closedRound(app.db, {});
  const second = await closedRound(app.db, {}, { cohort: first.cohort });
  const unreleased = await closedRound(app.db, {}, { cohort: first.cohort, released: false });
  await closedRound(app.db, {});
  for (const actor of [first.ib, first.director]) {
    const { reports } = (await visit(load, app, actor)) as Loaded;
    expect(reports.map(({ id }) => id)).toEqual([second.schoolRoundId, first.schoolRoundId]);
    expect(reports.map(({ id }) => id)).not.toContain(unreleased.schoolRoundId);
  }
});

it('an empty list says when a report appears', async () => {
  const app = await testApp();
  const { ib } = await closedRound(app.db, {}, { released: false });
  const data = (await visit(load, app, ib)) as Loaded;
  expect(data.reports).toEqual([]);
  expect(render(Page, { props: { data: { ...data, userName: null } } as never }).body).toContain(
    'zodra de meting gesloten is en je trainer het rapport heeft vrijgegeven',
  );
});
