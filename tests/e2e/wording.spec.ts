import type { Page } from '@playwright/test';
import * as accounts from '#lib/server/accounts/service.ts';
import { readConfig } from '#lib/server/config.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { expect } from '../support/browser.ts';
import * as make from '../support/factories.ts';
import type { RunningServer } from '../support/server.ts';
import { look } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('another wording: proposed, taken over, published, and each time told as it is', async ({ page, emptyServer }) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(180_000);
  await makeFirstAdmin(page, emptyServer);
  const round = await releasedRound(emptyServer);
  const own = page.locator('li[data-aspect="C1.01"]');

  await page.goto(`/rounds/${round}/wording`);
  await look(page);
  await page.getByLabel('Kies een stelling').selectOption('C1.01');
  await page.getByRole('button', { name: 'Ga verder' }).click();
  await expect(heading(page)).toHaveText('C1.01 anders formuleren');
  await look(page);
  await page
    .getByLabel('Stelling voor directeur en leerkracht, Nederlands')
    .fill('De IB’er zegt waar het gesprek over gaat.');
  await page.getByLabel("Stelling voor de IB'er zelf, Nederlands").fill('Ik zeg waar het gesprek over gaat.');
  await page.getByLabel('Waarom').fill('Korter.');
  await page.getByRole('button', { name: 'Bewaar het voorstel' }).click();
  await expect(own).toContainText('Voorgesteld: De IB’er zegt waar het gesprek over gaat.');
  await look(page);

  await page.goto('/admin/lists');
  await page.getByRole('link', { name: /IB/ }).first().click();
  await page.getByRole('link', { name: 'Bekijk 1 voorstel van trainers' }).click();
  await expect(page.getByRole('heading', { name: 'Nu in versie 1.0.0' })).toBeVisible();
  await look(page);
  await page.getByRole('link', { name: 'Maak een nieuwe versie' }).click();
  await page.getByLabel('Versie', { exact: true }).fill('1.1.0');
  await page.locator('main form button').first().click();
  await page.getByRole('link', { name: 'Bekijk 1 voorstel van trainers' }).click();
  await expect(page.getByRole('heading', { name: 'Nu in het concept' })).toBeVisible();
  await page.getByRole('button', { name: 'Neem het voorstel voor C1.01 over' }).click();
  await expect(page.getByRole('heading', { name: 'Overgenomen in dit concept' })).toBeVisible();
  await expect(page.getByText('Staat er zo in')).toBeVisible();
  await look(page);
  const draft = page.url().replace(/\/wording.*/, '');
  await page.goto(`/rounds/${round}/wording`);
  await expect(own).toContainText('Overgenomen in het concept van versie 1.1.0, nog niet gepubliceerd');

  await page.goto(`${draft}/publish`);
  await expect(page.getByText('92 aspecten blijven hetzelfde en zijn te vergelijken.')).toBeVisible();
  await page.getByText('1 aspect anders geformuleerd').click();
  await expect(page.getByText('De IB’er zegt waar het gesprek over gaat.')).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Ja, publiceer' }).click();
  await expect(page.getByRole('status')).toContainText('Gepubliceerd');
  await page.goto(`/rounds/${round}/wording`);
  await expect(own).toContainText(/Staat sinds \d\d-\d\d-\d{4} in versie 1\.1\.0 van de lijst/);
  await page.getByRole('link', { name: 'Schrijf een nieuw voorstel voor C1.01' }).click();
  await expect(page.getByRole('heading', { name: 'Wat er eerder is voorgesteld' })).toBeVisible();
  await look(page);
});

/** A cohort of the administrator's own, with a closed round of which the report is released. @returns the round's id */
async function releasedRound(server: RunningServer): Promise<string> {
  const config = readConfig({ DATA_DIR: server.dataDir, PUBLIC_URL: server.url });
  const { db, close } = await openDatabase({ file: config.databaseFile });
  const user = await db.selectFrom('user').select(['id', 'name']).executeTakeFirstOrThrow();
  const cohort = await make.makeCohort(db, { trainer: await accounts.actorOf(db, user), secret: config.secret });
  await make.addSeries(db, cohort);
  const { id, invited } = await make.openRound(db, cohort);
  for (const person of invited) await make.fillAndSubmit(db, person);
  await rounds.close(db, cohort.trainer, id);
  const [school] = await rounds.progress(db, cohort.trainer, id);
  await rounds.release(db, cohort.trainer, id, [school?.schoolRoundId ?? '']);
  await close();
  return id;
}
