import type { Page } from '@playwright/test';
import * as accounts from '#lib/server/accounts/service.ts';
import { createAuth } from '#lib/server/auth/auth.ts';
import { readConfig } from '#lib/server/config.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { expect } from '../support/browser.ts';
import * as make from '../support/factories.ts';
import type { RunningServer } from '../support/server.ts';
import { look } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

const HEADING = 'competency;competency_title;cluster;cluster_title;code;text_other;text_self';
const rows = (code: string, title: string) =>
  [1, 2, 3].map(
    (n) => `${code};${title};${code}-1;Het begin;${code}.0${n};De IB’er doet ${code}${n}.;Ik doe ${code}${n}.`,
  );
const LIST = [HEADING, ...rows('A', 'Gesprekken openen'), ...rows('B', 'Gesprekken afronden')].join('\n');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('a list of one’s own: from the file to a report in its own competencies', async ({
  page,
  emptyServer,
  newVisitor,
  faults,
}) => {
  test.setTimeout(180_000);
  faults.allow(/status of 400/);
  await makeFirstAdmin(page, emptyServer);
  await page.goto('/admin/lists');
  await look(page);
  await page.getByRole('link', { name: 'Importeer een lijst' }).click();
  await page.getByLabel('De lijst, als CSV of JSON').fill(LIST.replace('Ik doe A2.', ''));
  await page.getByLabel('Sleutel van de lijst').fill('eigen');
  await page.getByLabel('Versie', { exact: true }).fill('1');
  await page.getByLabel('Titel, Nederlands').fill('Onze lijst');
  await page.getByRole('button', { name: 'Bekijk wat erin staat' }).click();
  await expect(page.getByRole('group', { name: /Eén ding klopt nog niet/ })).toContainText(
    'Regel 3, kolom ‘text_self’',
  );
  await look(page);
  await page.getByLabel('De lijst, als CSV of JSON').fill(LIST);
  await page.getByRole('button', { name: 'Bekijk wat erin staat' }).click();
  await expect(page.getByText('2 competenties, 6 aspecten')).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Importeer als concept' }).click();
  await expect(heading(page)).toHaveText('Onze lijst, versie 1');
  await look(page);
  const list = new URL(page.url()).pathname;

  await page.getByRole('link', { name: 'A · Gesprekken openen' }).click();
  await look(page);
  await page.getByRole('link', { name: 'Wijzig: A.02' }).click();
  await page.getByLabel("Stelling voor de IB'er zelf, Nederlands").fill('Ik luister eerst.');
  await look(page);
  await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await page.getByRole('button', { name: 'Haal weg: A.03' }).click();
  await expect(page.getByRole('status')).toContainText('Weggehaald');
  await page.goto(list);
  await page.getByRole('button', { name: /^Zet terug: A\.03/ }).click();
  await expect(page.getByRole('status')).toContainText('Teruggezet');

  await page.getByRole('link', { name: "IB'er", exact: true }).click();
  await expect(heading(page)).toHaveText('Hoe kijk jij naar je eigen werk?');
  await look(page);
  await page.getByRole('link', { name: 'Bekijk de stellingen' }).click();
  await expect(page.getByText('Er wordt niets bewaard.')).toBeVisible();
  await look(page);
  await page.goto(`${list}/publish`);
  await look(page);
  await page.getByRole('button', { name: 'Ja, publiceer' }).click();
  await expect(page.getByRole('status')).toContainText('Gepubliceerd');
  await look(page);

  const { cohort, report } = await roundWithList(page, emptyServer);
  const ib = await newVisitor();
  await ib.goto(cohort);
  await ib.locator('main form button').first().click();
  await expect(ib).toHaveURL(/\/reports$/);
  await ib.goto(report);
  const triptych = ib.locator('[data-figure=triptych]');
  await expect(triptych).toContainText('Gesprekken openen');
  await expect(triptych).toContainText('Gesprekken afronden');
});

/** Plans a round with the list on the page, has everybody answer, closes and releases it. */
async function roundWithList(page: Page, server: RunningServer): Promise<{ cohort: string; report: string }> {
  const config = readConfig({ DATA_DIR: server.dataDir, PUBLIC_URL: server.url });
  const { db, close } = await openDatabase({ file: config.databaseFile });
  const user = await db.selectFrom('user').select(['id', 'name']).executeTakeFirstOrThrow();
  const maker = await accounts.actorOf(db, user);
  const cohort = await make.makeCohort(db, { trainer: maker, secret: config.secret });
  await make.addSeries(db, cohort);
  await page.goto(`/cohorts/${cohort.id}/rounds/new`);
  await page.getByRole('radio', { name: /Onze lijst/ }).check();
  await look(page);
  await page.getByRole('button', { name: 'Plan de meting' }).click();
  await expect(heading(page)).toHaveText('Meting T0 staat klaar');
  const roundId = new URL(page.url()).pathname.split('/')[2] ?? '';
  await rounds.open(db, cohort.trainer, cohort.secret, roundId);
  for (const person of await make.listInvited(db, cohort, roundId)) await make.fillAndSubmit(db, person);
  await rounds.close(db, cohort.trainer, roundId);
  const [school] = await rounds.progress(db, cohort.trainer, roundId);
  const id = school?.schoolRoundId ?? '';
  await rounds.release(db, cohort.trainer, roundId, [id]);
  const settings = { auth: createAuth(db, config), secret: config.secret, publicUrl: config.publicUrl, hasMail: false };
  const member = school?.series.team.find(({ role }) => role === 'ib');
  const link = await participants.memberSignInLink(
    ...([db, cohort.trainer, settings, school?.series.id ?? '', member?.id ?? ''] as const),
  );
  await close();
  return { cohort: link, report: `${server.url}/reports/${id}` };
}
