import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { openDatabase } from '#lib/server/db/open.ts';
import { expect, hydrated } from '../support/browser.ts';
import { pdfPages } from '../support/read-files.ts';
import type { RunningServer } from '../support/server.ts';
import { look, phone } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

/** What a steering group reads, on a server with the examples that no other test uses. */
test('the page of a programme answers its questions for each cohort by itself', async ({
  page,
  newVisitor,
  emptyServer,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(180_000);
  await makeFirstAdmin(page, emptyServer);
  await hydrated(page);
  await page.getByRole('button', { name: 'Laad de voorbeelden' }).click();
  await expect(page.getByRole('link', { name: 'Rivierenrand (voorbeeld)', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Rivierenrand (voorbeeld)', exact: true }).click();
  await page.getByRole('link', { name: 'Bekijk wat er in de leergang verandert' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('meer dan bij de start');
  for (const name of ['change', 'distance', 'clarity', 'look-back', 'response', 'doing']) {
    await expect(page.locator(`[data-figure=${name}]`)).toHaveCount(2);
  }
  await expect(page.locator('[data-figure=ambition]')).toHaveCount(8); // four, in two cohorts
  await expect(page.getByText('De Venen (voorbeeld): minder dan vijf scholen.')).toBeVisible();
  await expect(page.locator('main')).not.toContainText(/effect/i);
  await look(page);
  await page.getByText('Dezelfde cijfers als tabel').first().click();
  await look(page);

  const state = await page.context().storageState();
  const still = await newVisitor({ ...phone, storageState: state, javaScriptEnabled: false });
  await still.goto(page.url());
  await expect(still.locator('[data-figure=change] svg.course').first()).toBeVisible();

  await lookAtSlides(page, still);
  await page.getByRole('link', { name: /^Bekijk het plan.*Rivierenrand/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan van Rivierenrand (voorbeeld)');
  await expect(page.getByRole('heading', { name: 'Jaar 3' })).toBeVisible();
  await expect(page.locator('main').getByText('Wijzig')).toHaveCount(0);
  await look(page);
  await page.goBack();

  await joinSteeringGroup(emptyServer, page.url());
  await page.reload();
  await hydrated(page);
  await page.locator('textarea[name=text]').fill('We gaan door met deze leergang.');
  await page.getByRole('button', { name: 'Voeg toe' }).click();
  const own = page.locator('.group-notes li');
  await expect(own).toContainText('We gaan door met deze leergang.');
  await own.getByRole('link', { name: 'Wijzig' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wijzig je notitie');
  await look(page);
  await page.getByLabel('Opmerking', { exact: true }).check();
  await page.locator('textarea[name=text]').fill('Eerst nog een gesprek.');
  await page.getByRole('button', { name: 'Bewaar' }).click();
  await expect(own).toContainText('Eerst nog een gesprek.');
  await own.getByRole('link', { name: 'Wijzig' }).click();
  await page.getByRole('link', { name: 'Verwijder deze notitie' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deze notitie verwijderen?');
  await look(page);
  await page.getByRole('button', { name: 'Verwijder' }).click();
  await expect(page.getByText('Er is nog niets genoteerd.')).toBeVisible();
});

/** One idea a screen by keys, by links without scripts, and on paper a landscape page each. */
async function lookAtSlides(page: Page, still: Page): Promise<void> {
  await page.getByRole('link', { name: 'Presenteer' }).click();
  await hydrated(page);
  const slides = page.locator('.slide');
  await expect(slides.first().getByRole('heading', { level: 1 })).toBeVisible();
  await look(page);
  await page.evaluate(() => scrollTo(0, 0));
  await page.keyboard.press('ArrowRight');
  await expect(slides.nth(1)).toBeFocused();
  await page.keyboard.press('PageDown');
  await expect(slides.nth(2)).toBeInViewport();
  await page.keyboard.press('ArrowLeft');
  await expect(slides.nth(1)).toBeFocused();
  await page.setViewportSize({ width: 1280, height: 800 });
  const heights = await slides.evaluateAll((all) => all.map((one) => [one.id, one.getBoundingClientRect().height]));
  expect(heights, 'on a laptop no slide scrolls').toEqual(heights.map(([id]) => [id, 800]));
  await page.setViewportSize({ width: 1280, height: 900 });
  const paper = await pdfPages(new Uint8Array(await page.pdf({ preferCSSPageSize: true, printBackground: true })));
  expect(paper).toHaveLength(await slides.count());

  await still.goto(page.url());
  await still.locator('.slide').first().getByRole('link', { name: 'Volgende' }).click();
  await expect(still.locator('#s2')).toBeInViewport();
  await page.locator('#s2').getByRole('link', { name: 'Terug naar de pagina' }).click();
  await expect(page.locator('[data-figure=ambition]').first()).toBeVisible();
}

/** Puts the first account in the steering group of the programme at this address. */
async function joinSteeringGroup(server: RunningServer, address: string): Promise<void> {
  const { db, close } = await openDatabase({ file: resolve(server.dataDir, 'drieluik.sqlite') });
  const first = db.selectFrom('user').select(['id', 'created_at']).where('name', '=', 'Tineke Trainer');
  const { id, created_at } = await first.executeTakeFirstOrThrow();
  const programme = new URL(address).pathname.split('/').at(-1) ?? '';
  await db
    .insertInto('role_grant')
    .values({ id: 'steers', user_id: id, role: 'steering', programme_id: programme, created_at })
    .execute();
  await close();
}
